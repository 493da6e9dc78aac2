/**
 * Folded code in the course's notebooks. Which cells fold is written in the notebook, in metadata
 * that JupyterLab knows; this says in words what is folded, lets the keyboard open it, opens what
 * fails, folds the argument checks of exercises, and has the setting that opens everything.
 */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import type { Cell, CodeCell } from "@jupyterlab/cells";
import { INotebookTracker, NotebookActions } from "@jupyterlab/notebook";
import { ISettingRegistry } from "@jupyterlab/settingregistry";
import { foldChecks, unfoldChecks } from "./foldChecks";
import { isCode, cellMetadata, watchLessons } from "./lesson";
import { followSwitch, SETTINGS } from "./setting";
import { addSheet } from "./sheet";

/** For each kind of fold: what a click shows, and what running does. */
const FOLD_LABELS: Record<string, { show: string; run: string }> = {
  setup: { show: "Show the imports", run: "Shift+Enter imports what the lesson needs." },
  draws: { show: "Show the code that draws this", run: "Shift+Enter draws the figure." },
  prepares: { show: "Show the code", run: "Shift+Enter runs this cell." },
};

const CSS = `
.course-lesson .jp-CodeCell[data-course-fold] .jp-InputPlaceholder .jp-Placeholder-content {
  flex: 0 1 auto; border: none; border-radius: 3px; min-height: 0; padding: 3px 8px 3px 5px;
  background: transparent; box-shadow: none; }
.course-lesson .jp-CodeCell[data-course-fold] .jp-InputPlaceholder .jp-Placeholder-content:hover {
  background: var(--jp-layout-color2); }
.course-lesson .jp-CodeCell[data-course-fold] .jp-Placeholder-content:focus-visible {
  outline: 2px solid var(--jp-brand-color1); outline-offset: 1px; }
.course-lesson .jp-CodeCell[data-course-fold] .jp-PlaceholderText {
  font-family: var(--jp-ui-font-family); font-size: var(--jp-ui-font-size1); line-height: 1.5;
  color: var(--jp-ui-font-color1); overflow: visible; text-overflow: clip; width: auto; max-width: none; }
.course-lesson .jp-CodeCell[data-course-fold] .jp-PlaceholderText::before { content: "▸ "; }
.course-lesson .jp-CodeCell[data-course-fold] .jp-MoreHorizIcon { display: none; }
.course-folded-checks { border: 1px dashed var(--jp-border-color1); border-radius: 3px;
  padding: 0 6px; margin: 0 2px; cursor: pointer; font-family: var(--jp-ui-font-family);
  font-size: 0.92em; color: var(--jp-ui-font-color1); }
`;

/** Writes what is folded where JupyterLab shows the first line of code. */
function label(cell: CodeCell): void {
  const words = FOLD_LABELS[cellMetadata(cell).fold];
  const content = cell.node.querySelector<HTMLElement>(
    ".jp-InputPlaceholder .jp-Placeholder-content",
  );
  const text = content?.querySelector(".jp-PlaceholderText");
  if (!words || !content || !text) return;
  const hasRun = cell.model.executionCount !== null || cell.model.outputs.length > 0;
  const says = hasRun ? words.show : `${words.show}. ${words.run}`;
  if (text.textContent !== says) text.textContent = says;
  if (content.role === "button") return;
  content.role = "button";
  content.tabIndex = 0;
  content.title = "";
  content.dataset.lmSuppressShortcuts = "true"; // or Enter would go to the notebook
  content.addEventListener("keydown", (event) => {
    if (event.shiftKey || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    event.stopPropagation();
    cell.inputHidden = false;
    cell.editor?.focus();
  });
}

function decorate(cell: CodeCell): void {
  cell.node.dataset.courseFold = cellMetadata(cell).fold;
  const later = () => queueMicrotask(() => label(cell)); // after JupyterLab's own handler
  void cell.ready.then(later);
  cell.model.metadataChanged.connect(later);
  cell.model.contentChanged.connect(later);
  cell.model.stateChanged.connect(later);
  cell.model.outputs.changed.connect(later);
}

/** Whether the cell itself failed, and was not cancelled because another one did. */
function failed({ model: { outputs } }: CodeCell): boolean {
  return Array.from({ length: outputs.length }, (_, i) => outputs.get(i).type).includes("error");
}

function watchFolds(tracker: INotebookTracker) {
  let folds = true;
  const apply = (cell: Cell) => {
    if (!isCode(cell)) return;
    if (cellMetadata(cell).fold in FOLD_LABELS) cell.inputHidden = folds;
    else if (folds) foldChecks(cell);
    else unfoldChecks(cell);
  };
  watchLessons(tracker, (cell) => {
    if (!isCode(cell)) return;
    const { fold, checks } = cellMetadata(cell);
    if (fold in FOLD_LABELS) decorate(cell);
    if (fold in FOLD_LABELS && !folds) cell.inputHidden = false;
    if (checks.length > 0) void cell.ready.then(() => folds && foldChecks(cell));
  });
  NotebookActions.executed.connect((_, { cell, success }) => {
    if (!success && isCode(cell) && cell.inputHidden && failed(cell)) cell.inputHidden = false;
  });
  return (wanted: boolean) => {
    if (wanted === folds) return;
    folds = wanted;
    tracker.forEach(({ content }) => content.widgets.forEach(apply));
  };
}

export const fold: JupyterFrontEndPlugin<void> = {
  id: SETTINGS,
  description: "Folds code that draws in the course's notebooks",
  autoStart: true,
  requires: [INotebookTracker],
  optional: [ISettingRegistry],
  activate: (
    _: JupyterFrontEnd,
    tracker: INotebookTracker,
    settings: ISettingRegistry | null,
  ): void => {
    addSheet("course-fold-style", CSS);
    followSwitch(settings, "foldCode", watchFolds(tracker));
  },
};
