/** What the page of JupyterLab gives to views: its theme, and the style sheet. */
import { STYLE } from "views";

const STYLE_ID = "course-views-style";

export const isDark = () => document.body.dataset.jpThemeLight === "false";

export function addStyle(): void {
  if (document.getElementById(STYLE_ID)) return;
  const style = document.createElement("style");
  style.id = STYLE_ID;
  style.textContent = STYLE;
  document.head.append(style);
}

/** Calls whenever the theme changes. @returns how to stop */
export function onTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
  return () => {
    observer.disconnect();
  };
}
