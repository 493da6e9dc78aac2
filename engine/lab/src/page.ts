/** JupyterLab's page: style sheets, the theme, and the switches under Settings → Lessons. */
import type { ISettingRegistry } from "@jupyterlab/settingregistry";
import { STYLE } from "views";

/** Adds a style sheet once. */
export function addSheet(id: string, css: string): void {
  if (document.getElementById(id)) return;
  const style = document.createElement("style");
  style.id = id;
  style.textContent = css;
  document.head.append(style);
}

export const isDark = () => document.body.dataset.jpThemeLight === "false";

export const addStyle = (): void => addSheet("course-views-style", STYLE);

/** Calls back whenever the theme changes. @returns a function that stops this */
export function onTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
  return () => {
    observer.disconnect();
  };
}

/** The id of the plugin whose schema declares the settings. */
export const SETTINGS = "foundation-models-lab:cells";

/** Calls back with a switch's value, and again whenever it changes. */
export function followSwitch(
  settings: ISettingRegistry | null,
  name: string,
  set: (on: boolean) => void,
): void {
  const follow = (all: ISettingRegistry.ISettings) => set(all.get(name).composite !== false);
  settings?.load(SETTINGS).then(
    (all) => {
      follow(all);
      all.changed.connect(follow);
    },
    (reason: unknown) => console.warn("The course's settings could not be read.", reason),
  );
}
