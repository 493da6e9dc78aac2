/**
 * Keeps the keyboard usable after a click. JupyterLab's shortcuts work only while the focus is inside
 * the notebook and outside of elements that suppress shortcuts, and the browser moves the focus to
 * the page when a focused element is hidden, removed or disabled.
 */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import type { Cell, CodeCell } from "@jupyterlab/cells";
import {
  INotebookTracker,
  NotebookActions,
  type Notebook,
  type NotebookPanel,
} from "@jupyterlab/notebook";
import { cellMetadata, isCode, isOfExercise } from "./lesson";
import { REVEAL_MARGIN, reveal } from "./reveal";

/** JupyterLab's command for Shift+Enter. */
const RUN_AND_ADVANCE = "notebook:run-cell-and-select-next";
/** JupyterLab's commands that make the cell after or before the active one active. */
const MOVES = [RUN_AND_ADVANCE, "notebook:move-cursor-down", "notebook:move-cursor-up"];

/** Makes a cell the active one and moves the focus to it: to its editor, or to the cell. */
export function focusCell({ content }: NotebookPanel, cell: Cell, mode: "command" | "edit"): void {
  content.deselectAll();
  content.activeCellIndex = content.widgets.indexOf(cell);
  content.mode = mode;
  content.activate();
}

/** Whether a cell is the text of an exercise: the next cell is the exercise's own. */
function isTask({ widgets }: Notebook, index: number): boolean {
  const next = widgets[index + 1];
  return widgets[index]?.model.type === "markdown" && next !== undefined && isExercise(next);
}

const isExercise = (cell: Cell) => cellMetadata(cell).role === "exercise";

/** Pixels of the next cell that show below a drawing, so that one sees which cell is active. */
const NEXT_CELL_SHARE = 60;

/** A cell's outputs if it drew something that fits on the page above the next, active cell. */
function drawingAbove(notebook: Notebook, cell: Cell): Element | null {
  const at = notebook.widgets.indexOf(cell);
  if (notebook.activeCellIndex !== at + 1 || isTask(notebook, at + 1)) return null;
  const outputs = cell.node.querySelector(".jp-Cell-outputWrapper");
  if (!outputs?.querySelector(".jp-OutputArea-output:not(.jp-RenderedText)")) return null;
  const room = notebook.outerNode.clientHeight - NEXT_CELL_SHARE;
  return outputs.getBoundingClientRect().height <= room ? outputs : null;
}

/** Resolves when a cell has run. */
const hasRun = (cell: Cell) =>
  new Promise<void>((resolve) => {
    const look = (_: unknown, executed: { cell: Cell }) => {
      if (executed.cell !== cell) return;
      NotebookActions.executed.disconnect(look);
      resolve();
    };
    NotebookActions.executed.connect(look);
  });

/** A figure that a run draws again takes this long to appear. */
const REDRAW_MS = 300;

/** Keeps the height of a cell's outputs while it runs again, so that the text below stays in place. */
async function keepHeight(cell: CodeCell, ran: Promise<void>): Promise<void> {
  const outputs = cell.node.querySelector<HTMLElement>(".jp-Cell-outputWrapper");
  if (!outputs || cell.model.outputs.length === 0) return;
  outputs.style.minHeight = `${outputs.getBoundingClientRect().height}px`;
  await ran;
  await new Promise((done) => setTimeout(done, REDRAW_MS));
  outputs.style.minHeight = "";
}

/**
 * Shows what a cell drew, unless the reader goes on meanwhile: JupyterLab scrolls to the top of the
 * next cell, past a figure that has just appeared.
 */
function watchDrawings(): void {
  NotebookActions.executionScheduled.connect((_, { notebook, cell }) => {
    if (!isCode(cell)) return;
    const ran = hasRun(cell);
    void keepHeight(cell, ran);
    if (!isOfExercise(cell)) void reveal(notebook, () => drawingAbove(notebook, cell), ran);
  });
}

const topOf = (element: Element) => element.getBoundingClientRect().top;

/** The heading of a text cell if the page's top cuts it off or touches it. */
function cutHeading({ outerNode }: Notebook, text: Cell): Element | undefined {
  const heading = text.node.querySelector(".jp-RenderedMarkdown > :is(h1, h2, h3):first-child");
  const isCut = heading !== null && topOf(heading) < topOf(outerNode) + REVEAL_MARGIN;
  return isCut ? heading : undefined;
}

/**
 * Shows the heading of the text that a key made active: JupyterLab shows the end of a text that
 * doesn't fit.
 */
function revealHeading(notebook: Notebook): void {
  const text = notebook.activeCell;
  if (text?.model.type !== "markdown") return;
  const aboveHeading = (heading: Element) => topOf(heading) - topOf(text.node);
  void reveal(notebook, () => cutHeading(notebook, text), undefined, aboveHeading);
}

/**
 * Scrolls to an exercise's text after Shift+Enter in the cell before it, all of it or from its
 * heading on. JupyterLab scrolls to the code below it, or shows half of the text.
 */
export const tasks: JupyterFrontEndPlugin<void> = {
  id: "foundation-models-lab:tasks",
  description: "Shows texts from their heading on, and what a cell has drawn",
  autoStart: true,
  requires: [INotebookTracker],
  activate: ({ commands }: JupyterFrontEnd, tracker: INotebookTracker): void => {
    watchDrawings();
    commands.commandExecuted.connect((_, { id }) => {
      const notebook = tracker.currentWidget?.content;
      if (!MOVES.includes(id) || !notebook) return;
      revealHeading(notebook);
      if (id !== RUN_AND_ADVANCE) return;
      const index = notebook.activeCellIndex;
      const task = notebook.widgets[index];
      if (isTask(notebook, index)) void reveal(notebook, () => task?.node);
    });
  },
};

/** JupyterLab's command for Enter with a modifier key; undefined without one. */
function runCommand({ shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): string | undefined {
  if (shiftKey) return RUN_AND_ADVANCE;
  if (ctrlKey || metaKey) return "notebook:run-cell";
  return altKey ? "notebook:run-cell-and-insert-below" : undefined;
}

/** Ctrl+Z, Ctrl+Shift+Z and Ctrl+Y, on a Mac with Cmd. */
const isUndoOrRedo = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) =>
  (ctrlKey || metaKey) && !altKey && ["z", "y"].includes(key.toLowerCase());

const isTextField = (target: EventTarget | null) =>
  target instanceof HTMLInputElement && target.type === "text";

/**
 * Keeps undo and redo in the element with the focus. A browser undoes the page's last edit, which may
 * be another cell's code, and JupyterLab cancels the undo of text fields in a notebook. So a text
 * field undoes its own edits only, and on any other element the key does nothing.
 */
function keepUndo(event: KeyboardEvent): void {
  if (!isUndoOrRedo(event)) return;
  const { target } = event;
  if (!isTextField(target)) return event.preventDefault();
  const keepEdit = (edit: Event) => {
    if (edit.target !== target) edit.preventDefault();
    else edit.stopPropagation(); // JupyterLab's listener on the field would cancel it
  };
  document.addEventListener("beforeinput", keepEdit, { capture: true });
  setTimeout(() => document.removeEventListener("beforeinput", keepEdit, { capture: true }));
}

/** Escape gives the notebook's active cell the focus, and JupyterLab's shortcuts work again. */
function leave(event: KeyboardEvent): void {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  const notebook = (event.target as Element).closest(".jp-Notebook");
  const active = notebook?.querySelector<HTMLElement>(".jp-Cell.jp-mod-active");
  if (!active) return;
  event.preventDefault();
  event.stopPropagation();
  active.focus();
}

/**
 * Suppresses JupyterLab's shortcuts while an element or a part of it has the focus, except Enter with
 * a modifier key, which still runs the active cell. Otherwise a browser takes Shift+Enter on a button
 * for a click. Undo and redo stay in the element, and Escape leaves it.
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
  node.addEventListener("keydown", keepUndo);
  node.addEventListener("keydown", leave);
}
