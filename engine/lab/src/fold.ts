/**
 * Folded code in the course's notebooks. The notebook's metadata, which JupyterLab knows, says
 * which cells fold. This plugin labels folded cells, opens them by keyboard, adds a line that folds
 * them again, opens a cell that fails by a fault of its own, folds lines of functions (foldLines.ts),
 * and follows the setting that opens everything.
 */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import type { CodeCell, Cell } from "@jupyterlab/cells";
import {
  INotebookTracker,
  NotebookActions,
  type Notebook,
  type NotebookPanel,
} from "@jupyterlab/notebook";
import { ISettingRegistry } from "@jupyterlab/settingregistry";
import { asksForGuess } from "cells/guess";
import { FOLDED_LINES_CSS, foldLines, hasFoldedLines, unfoldLines } from "./foldLines";
import { focusCell, ownKeys } from "./keyboard";
import { ANSWER_MARK, cellMetadata, failed, isCode, needsUnwritten, watchLessons } from "./lesson";
import { foldLabel, foldNote, type FoldKind } from "./notebookData";
import { followSwitch, SETTINGS, addSheet } from "./page";
import { previewWords } from "./preview";
import { addAskButton, showsQuestion } from "./questions";
import { ranTooEarly } from "./ran";

const KINDS = new Set(["setup", "draws", "prepares"]);
const folds = (cell: CodeCell): boolean => KINDS.has(cellMetadata(cell).fold);

/** A cell that asks for a guess says so, whatever its fold. */
const kindOf = (cell: CodeCell): FoldKind =>
  asksForGuess(cell.model.sharedModel.getSource()) ? "asks" : (cellMetadata(cell).fold as FoldKind);

/** Per notebook and kind, the first cell whose line says what running it does. */
const firstCells = new WeakMap<Notebook, Map<FoldKind, CodeCell>>();

/** Looks through a notebook's cells once after each change of it, and not for every line. */
function firstsOf(notebook: Notebook): Map<FoldKind, CodeCell> {
  const known = firstCells.get(notebook);
  if (known) return known;
  const firsts = new Map<FoldKind, CodeCell>();
  for (const cell of notebook.widgets) {
    if (!isCode(cell) || !folds(cell) || cellMetadata(cell).hasPreview) continue;
    const kind = kindOf(cell);
    if (!firsts.has(kind)) firsts.set(kind, cell);
  }
  firstCells.set(notebook, firsts);
  return firsts;
}

/** Whether no cell above has a line of this kind that says what running it does. */
const isFirstOf = (kind: FoldKind, { content }: NotebookPanel, cell: CodeCell): boolean =>
  firstsOf(content).get(kind) === cell;

function watchFirsts(tracker: INotebookTracker): void {
  const watch = ({ content }: NotebookPanel) =>
    content.modelContentChanged.connect(() => void firstCells.delete(content));
  tracker.widgetAdded.connect((_, panel) => void watch(panel));
  tracker.forEach(watch);
}

/**
 * Says beside the line of a folded cell that it has run, as the prompt of an open one does:
 * JupyterLab leaves that place empty.
 */
function labelRun(content: HTMLElement, cell: CodeCell): void {
  const { model } = cell;
  const prompt = content.parentElement?.querySelector<HTMLElement>(".jp-Placeholder-prompt");
  const count = model.executionState === "running" ? undefined : model.executionCount;
  const hasRun = count !== null && count !== undefined;
  if (prompt) prompt.textContent = hasRun ? `[${count}]:` : "";
  if (prompt) prompt.ariaHidden = "true";
  let sign = content.querySelector<HTMLElement>(".course-ran");
  if (!hasRun || failed(cell)) return sign?.remove();
  if (sign) return;
  sign = document.createElement("span");
  sign.className = "course-ran";
  sign.role = "img";
  sign.ariaLabel = ", has run";
  sign.textContent = "✓";
  content.querySelector(".jp-PlaceholderText")?.after(sign);
}

const CSS = `
.course-lesson .jp-CodeCell[data-course-fold] .jp-InputPlaceholder .jp-Placeholder-content {
  flex: 0 1 auto; border: none; border-radius: 3px; min-height: 0; margin-left: 9px; padding: 3px 8px 3px 5px;
  background: transparent; box-shadow: none; }
.course-lesson .jp-CodeCell[data-course-fold] .jp-InputPlaceholder .jp-Placeholder-content:hover {
  background: var(--jp-layout-color2); }
.course-lesson .jp-CodeCell[data-course-fold] .jp-Placeholder-content:focus-visible {
  outline: 2px solid var(--jp-brand-color1); outline-offset: 1px; }
.course-lesson .jp-CodeCell[data-course-fold] .jp-PlaceholderText {
  font-family: var(--jp-ui-font-family); font-size: 14px; line-height: 1.5;
  color: var(--course-quiet); overflow: visible; text-overflow: clip; white-space: normal; width: auto; max-width: none; }
.course-lesson .jp-Placeholder-content:is(:hover, :focus-visible) .jp-PlaceholderText { color: var(--jp-ui-font-color1); }
.course-lesson .jp-CodeCell[data-course-fold] .jp-InputPlaceholder {
  max-width: calc(var(--jp-cell-collapser-width) + var(--jp-cell-prompt-width) + var(--course-measure)); }
.course-fold-note { flex: none; align-self: center; padding-left: 6px; font-size: 12px; line-height: 16px;
  font-family: var(--jp-content-font-family); color: var(--course-quiet); }
@media (max-width: 700px) { /* below the label */
  .course-lesson .jp-CodeCell[data-course-fold] .jp-InputPlaceholder:has(.course-fold-note) { flex-wrap: wrap; }
  .course-fold-note { flex: 0 0 100%; box-sizing: border-box; padding-left: 36px; }
}
.course-lesson .jp-CodeCell[data-course-fold] .jp-PlaceholderText::before { content: "▸ "; font-size: 17px; line-height: 1; }
.course-lesson .jp-CodeCell[data-course-fold] [data-course-running] .jp-PlaceholderText::after {
  content: " · running …"; color: var(--jp-ui-font-color2); animation: course-running 1ms 400ms both; }
@keyframes course-running { from { visibility: hidden; } to { visibility: visible; } }
.course-lesson .jp-CodeCell[data-course-fold] .jp-Placeholder-prompt { position: relative; left: var(--jp-cell-collapser-width);
  margin-bottom: -4px; } /* a run leaves the line as high as it was */
.course-ran { align-self: center; margin-left: 0.6em; font-family: var(--jp-ui-font-family); font-size: 13px; line-height: 1;
  color: var(--jp-success-color1, #2e7d32); }
.course-lesson .jp-CodeCell[data-course-fold] .jp-Cell-inputWrapper:has(> .jp-InputPlaceholder) > .jp-InputCollapser {
  position: absolute; inset: 0 auto 0 0; width: var(--jp-cell-collapser-width); }
.course-lesson .jp-CodeCell[data-course-fold] .jp-MoreHorizIcon { display: none; }
.course-lesson .jp-CodeCell[data-course-fold] .jp-Cell-inputWrapper { flex-wrap: wrap; position: relative; }
.course-lesson .jp-CodeCell[data-course-fold] .jp-InputArea { flex: 1 1 0; min-width: 0; }
.course-hide-line { order: -1; flex: 0 0 100%; box-sizing: border-box;
  padding-left: calc(var(--jp-cell-prompt-width) + var(--jp-cell-collapser-width)); }
.course-hide-code { padding: 3px 8px 3px 6px; border: none; border-radius: 3px; background: transparent; cursor: pointer;
  font-family: var(--jp-ui-font-family); font-size: 14px; line-height: 1.5;
  color: var(--course-quiet); }
.course-hide-code::before { content: "▾ "; font-size: 17px; line-height: 1; }
.course-hide-code:hover { background: var(--jp-layout-color2); }
.course-hide-code:focus-visible { outline: 2px solid var(--jp-brand-color1); outline-offset: 1px; }
.jp-Cell-inputWrapper:has(> .jp-InputPlaceholder) > .course-hide-line { display: none; }
`;

/** Writes the small print behind the label of a folded cell. */
function addNote(content: HTMLElement, says: string): void {
  let note = content.parentElement!.querySelector(".course-fold-note");
  if (says === "") return note?.remove();
  if (!note) {
    note = document.createElement("span");
    note.className = "course-fold-note";
    content.after(note);
  }
  note.textContent = says;
}

/** Labels a folded cell, where JupyterLab would show the first line of its code. */
function label(app: JupyterFrontEnd, panel: NotebookPanel, cell: CodeCell): void {
  const content = cell.node.querySelector<HTMLElement>(
    ".jp-InputPlaceholder .jp-Placeholder-content",
  );
  const text = content?.querySelector(".jp-PlaceholderText");
  if (!folds(cell) || !content || !text) return;
  const kind = kindOf(cell);
  const isFirst = isFirstOf(kind, panel, cell);
  const { executionCount, outputs } = cell.model;
  const hasOutput = executionCount !== null || outputs.length > 0 || showsQuestion(cell);
  const source = cell.model.sharedModel.getSource();
  const isAnswer = cell.node.hasAttribute(ANSWER_MARK);
  const folded = { kind, source, hasOutput, isFirst, isAnswer };
  const says = foldLabel(folded);
  if (text.textContent !== says) text.textContent = says;
  addNote(content, previewWords(cell) ?? foldNote(folded));
  if (kind === "asks" && !showsQuestion(cell)) addAskButton(app, panel, cell, content);
  labelRun(content, cell);
  content.toggleAttribute("data-course-running", cell.model.executionState === "running");
  if (content.role === "button") return;
  content.role = "button";
  content.tabIndex = 0;
  content.title = "";
  ownKeys(content, app);
  content.addEventListener("keydown", (event) => {
    if (event.shiftKey || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    event.stopPropagation();
    cell.inputHidden = false;
    cell.editor?.focus();
  });
  // a timeout, since JupyterLab's own handler of the click hides the placeholder later
  content.addEventListener("click", () => setTimeout(() => focusCell(panel, cell, "command")));
}

/** Folds a cell with its label: JupyterLab writes the code's first line there whenever it folds one. */
function foldAgain(app: JupyterFrontEnd, panel: NotebookPanel, cell: CodeCell): void {
  cell.inputHidden = true;
  label(app, panel, cell);
}

/** Adds a line above the code that folds it again; CSS shows it while the code is open. */
function addHideButton(app: JupyterFrontEnd, panel: NotebookPanel, cell: CodeCell): void {
  const wrapper = cell.node.querySelector(".jp-Cell-inputWrapper");
  if (!wrapper || wrapper.querySelector(".course-hide-code")) return;
  const hide = document.createElement("button");
  hide.type = "button";
  hide.className = "course-hide-code";
  hide.textContent = "Hide the code";
  ownKeys(hide, app);
  hide.addEventListener("click", () => {
    foldAgain(app, panel, cell);
    hide.blur(); // a hidden button would keep the focus for now, and then lose it to the page
    focusCell(panel, cell, "command");
  });
  const line = document.createElement("div");
  line.className = "course-hide-line";
  line.append(hide);
  wrapper.append(line);
}

function decorate(app: JupyterFrontEnd, panel: NotebookPanel, cell: CodeCell): void {
  cell.node.dataset.courseFold = cellMetadata(cell).fold;
  const later = () => queueMicrotask(() => label(app, panel, cell)); // after JupyterLab's own handler
  void cell.ready.then(() => {
    addHideButton(app, panel, cell);
    later();
  });
  cell.model.metadataChanged.connect(later);
  cell.model.contentChanged.connect(later);
  cell.model.stateChanged.connect(later);
  cell.model.outputs.changed.connect(later);
}

function watchFolds(app: JupyterFrontEnd, tracker: INotebookTracker) {
  let wanted = true;
  /** Cells that a failure opened, with their code: they fold again once the same code runs. */
  const opened = new WeakMap<Cell, string>();
  const apply = (panel: NotebookPanel, cell: Cell) => {
    if (!isCode(cell)) return;
    if (folds(cell)) {
      if (wanted) foldAgain(app, panel, cell);
      else cell.inputHidden = false;
    }
    if (!hasFoldedLines(cell)) return;
    if (wanted) foldLines(cell);
    else unfoldLines(cell);
  };
  watchLessons(tracker, (cell, panel) => {
    if (!isCode(cell)) return;
    if (folds(cell)) decorate(app, panel, cell);
    if (folds(cell) && !wanted) cell.inputHidden = false;
    if (hasFoldedLines(cell)) void cell.ready.then(() => wanted && foldLines(cell));
  });
  NotebookActions.executed.connect((_, { notebook, cell, success }) => {
    if (!isCode(cell)) return;
    const source = cell.model.sharedModel.getSource();
    const panel = tracker.find(({ content }) => content === notebook);
    if (panel && success && wanted && opened.get(cell) === source) {
      foldAgain(app, panel, cell);
    }
    opened.delete(cell);
    if (success || !cell.inputHidden || !failed(cell) || needsUnwritten(cell)) return;
    if (ranTooEarly(notebook, cell)) return;
    cell.inputHidden = false;
    opened.set(cell, source);
  });
  return (next: boolean) => {
    if (next === wanted) return;
    wanted = next;
    tracker.forEach((panel) => panel.content.widgets.forEach((cell) => apply(panel, cell)));
  };
}

export const fold: JupyterFrontEndPlugin<void> = {
  id: SETTINGS,
  description: "Folds code that draws in the course's notebooks",
  autoStart: true,
  requires: [INotebookTracker],
  optional: [ISettingRegistry],
  activate: (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    settings: ISettingRegistry | null,
  ): void => {
    addSheet("course-fold-style", CSS + FOLDED_LINES_CSS);
    watchFirsts(tracker);
    followSwitch(settings, "foldCode", watchFolds(app, tracker));
  },
};
