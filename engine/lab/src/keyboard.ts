/**
 * Keeps the keyboard usable after a click. JupyterLab's shortcuts work only while the focus is inside
 * the notebook and outside of elements that suppress shortcuts, and the browser moves the focus to
 * the page when a focused element is hidden, removed or disabled.
 */
import type { JupyterFrontEnd } from "@jupyterlab/application";
import type { Cell } from "@jupyterlab/cells";
import type { NotebookPanel } from "@jupyterlab/notebook";

/** Makes a cell the active one and moves the focus to it: to its editor, or to the cell. */
export function focusCell({ content }: NotebookPanel, cell: Cell, mode: "command" | "edit"): void {
  content.deselectAll();
  content.activeCellIndex = content.widgets.indexOf(cell);
  content.mode = mode;
  content.activate();
}

/** JupyterLab's command for Enter with a modifier key; undefined without one. */
function runCommand({ shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): string | undefined {
  if (shiftKey) return "notebook:run-cell-and-select-next";
  if (ctrlKey || metaKey) return "notebook:run-cell";
  return altKey ? "notebook:run-cell-and-insert-below" : undefined;
}

/**
 * Suppresses JupyterLab's shortcuts while an element or a part of it has the focus, except Enter with
 * a modifier key, which still runs the active cell. Otherwise a browser takes Shift+Enter on a button
 * for a click.
 */
export function ownKeys(node: HTMLElement, { commands }: JupyterFrontEnd): void {
  node.addEventListener("focusin", ({ target }) => {
    (target as HTMLElement).dataset.lmSuppressShortcuts = "true";
  });
  const handle = (event: KeyboardEvent) => {
    const command = event.key === "Enter" ? runCommand(event) : undefined;
    if (command === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat) void commands.execute(command);
  };
  node.addEventListener("keydown", handle, { capture: true });
}
