/** What the page of JupyterLab gives to views: its theme, and the style sheet. */
import { STYLE } from "views";
import { addSheet } from "./sheet";

export const isDark = () => document.body.dataset.jpThemeLight === "false";

export const addStyle = (): void => addSheet("course-views-style", STYLE);

/** Calls whenever the theme changes. @returns how to stop */
export function onTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
  return () => {
    observer.disconnect();
  };
}
