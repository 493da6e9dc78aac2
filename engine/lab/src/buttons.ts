/** The bar of buttons below a check's report or an error, with a line that shows their state. */
import type { JupyterFrontEnd } from "@jupyterlab/application";
import { Widget } from "@lumino/widgets";
import { ownKeys } from "./keyboard";

export const BUTTONS_CSS = `
.course-actions { display: flex; flex-wrap: wrap; gap: 0.5em; align-items: center;
  padding: 0.2em 1em 0.4em; border-left: 4px solid var(--jp-error-color1, #d32f2f);
  font-family: var(--jp-ui-font-family); }
.course-actions button { font: inherit; font-variant-numeric: tabular-nums; padding: 0.35em 0.9em; border-radius: 4px;
  cursor: pointer; border: 1px solid var(--course-control, var(--jp-border-color1)); background: var(--jp-layout-color1);
  color: var(--jp-ui-font-color1); }
.course-actions button:hover { background: var(--jp-layout-color2); }
.course-actions button[aria-disabled] { opacity: 0.6; cursor: default; }
.course-actions button[data-course-done] { border-color: transparent; background: transparent;
  color: var(--jp-ui-font-color2); cursor: default; }
.course-actions .course-primary { font-weight: 600; border-color: var(--jp-brand-color1); }
/* while hints are left, the next one is what to try first, and the solution is the last resort */
.course-actions .course-next-hint:not([data-course-done]) { font-weight: 600; border-color: var(--jp-brand-color1); }
.course-actions .course-next-hint:not([data-course-done]) ~ .course-put { border-color: transparent; background: transparent;
  color: var(--jp-ui-font-color2); text-decoration: underline; text-decoration-color: var(--jp-border-color1);
  text-underline-offset: 3px; }
.course-actions .course-next-hint:not([data-course-done]) ~ .course-put:hover { color: var(--jp-ui-font-color1); text-decoration-color: currentcolor; }
.course-actions button:focus-visible { outline: 2px solid var(--jp-brand-color1); outline-offset: 2px; }
.course-actions-note { flex-basis: 100%; margin: 0; font-size: 12px; line-height: 1.5; color: var(--course-quiet, inherit); }
.course-actions [role="status"] { flex-basis: 100%; color: var(--jp-ui-font-color1); }
.course-actions [role="status"]:empty { display: none; }
`;

export interface Actions extends Widget {
  /** Shows the reader how an action goes. */
  showStatus(text: string): void;
}

/** An empty bar; its buttons are added to `node`, ahead of the status. */
export function actionBar(app: JupyterFrontEnd): Actions {
  const bar = new Widget();
  const status = document.createElement("div");
  status.role = "status";
  bar.addClass("course-actions");
  bar.node.append(status);
  ownKeys(bar.node, app);
  return Object.assign(bar, { showStatus: (text: string) => void (status.textContent = text) });
}

/** A line in small print that explains a button of a bar in place. */
export function explanation(text: string): HTMLElement {
  const note = document.createElement("p");
  note.className = "course-actions-note";
  note.textContent = text;
  return note;
}

/**
 * A button that ignores clicks while its action runs. It isn't disabled, since a disabled element
 * loses the focus.
 * @param title what it does, as its tooltip; default none
 */
export function button(text: string, press: () => Promise<void>, title = ""): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  if (title !== "") made.title = title;
  made.addEventListener("click", () => {
    if (made.ariaDisabled === "true") return;
    made.ariaDisabled = "true";
    void press().finally(() => made.removeAttribute("aria-disabled"));
  });
  return made;
}
