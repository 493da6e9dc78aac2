/**
 * A line above what a cell made with a function of the reader's that fails its check, or whose own
 * cell has failed since: a wrong picture is taken for the lesson's otherwise. The cell's next run
 * takes it away, or writes it again, and so does the next check for all that the function has made.
 */
import type { JupyterFrontEndPlugin } from "@jupyterlab/application";
import type { Cell, CodeCell } from "@jupyterlab/cells";
import { INotebookTracker, NotebookActions, type Notebook } from "@jupyterlab/notebook";
import { CHECK_MIME, readCheck } from "cells/checkData";
import { cellMetadata, failed, isCode, isOfExercise, LESSON, outputsOf } from "./lesson";
import { doubtAbout, type DoubtedCell } from "./notebookData";
import { addSheet } from "./page";

const CSS = `
.course-lesson .jp-OutputArea[data-course-doubt]::before { content: attr(data-course-doubt); display: block;
  margin: 0 0 4px calc(var(--course-prompt) + var(--course-start)); font-size: 14px; line-height: 1.5;
  color: var(--jp-warn-color-normal, var(--jp-ui-font-color1)); }
`;

const passesIn = (cell: CodeCell): boolean | undefined =>
  outputsOf(cell).flatMap(({ data }) => readCheck(data[CHECK_MIME]) ?? [])[0]?.passed;

const aboutCell = (cell: CodeCell): DoubtedCell => ({
  source: cell.model.sharedModel.getSource(),
  role: cellMetadata(cell).role,
  name: cellMetadata(cell).name,
  run: cell.model.executionCount ?? undefined,
  hasFailed: failed(cell),
  passes: passesIn(cell),
});

function mark(notebook: Notebook, cell: Cell): void {
  if (!isCode(cell) || !notebook.node.closest(`.${LESSON}`)) return;
  const cells = notebook.widgets.filter(isCode);
  const isAbout = !isOfExercise(cell) && !failed(cell) && cell.model.outputs.length > 0;
  const doubt = isAbout ? doubtAbout(cells.map(aboutCell), cells.indexOf(cell)) : undefined;
  const { node } = cell.outputArea;
  if (doubt === undefined) delete node.dataset.courseDoubt;
  else node.dataset.courseDoubt = doubt;
}

/** What a run throws light on: the cell itself, and after a check all that ran since its function did. */
function concernedBy(cell: Cell, notebook: Notebook): Cell[] {
  const { role, name } = cellMetadata(cell);
  if (role !== "check") return [cell];
  const cells = notebook.widgets.filter(isCode);
  const isFunction = (one: CodeCell) =>
    cellMetadata(one).role === "exercise" && cellMetadata(one).name === name;
  const since = cells.find(isFunction)?.model.executionCount ?? Infinity;
  return cells.filter(({ model }) => (model.executionCount ?? 0) > since);
}

export const doubts: JupyterFrontEndPlugin<void> = {
  id: "foundation-models-lab:doubts",
  description: "Says where a function that fails its check has made what a cell shows",
  autoStart: true,
  requires: [INotebookTracker],
  activate: (): void => {
    addSheet("course-doubts-style", CSS);
    NotebookActions.executed.connect((_, { notebook, cell }) => {
      concernedBy(cell, notebook).forEach((one) => mark(notebook, one));
    });
  },
};
