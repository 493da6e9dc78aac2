/**
 * A line above a check's report from before the reader's last edit: the result, red or green, is
 * about code that isn't there any more. The check's next run takes the line away, and so does undoing
 * the edit. A notebook that opens counts as unedited.
 */
import type { JupyterFrontEndPlugin } from "@jupyterlab/application";
import type { Cell, CodeCell } from "@jupyterlab/cells";
import { INotebookTracker, NotebookActions, type NotebookPanel } from "@jupyterlab/notebook";
import { CHECK_MIME } from "cells/checkData";
import { cellMetadata, isCode, outputsOf, watchLessons } from "./lesson";
import { addSheet } from "./page";

const MESSAGE = "From before your last edit. Run your cell, then the check.";

/** The buttons stay as they are: hints are as good as before. */
const CSS = `
.course-lesson .jp-OutputArea[data-course-stale]::before { content: attr(data-course-stale); display: block;
  margin: 0 0 4px calc(var(--course-prompt) + var(--course-start)); font-size: 14px; line-height: 1.5;
  color: var(--jp-ui-font-color1); }
[data-course-stale] .course-check { border-left-color: var(--jp-border-color1) !important; }
[data-course-stale] .course-check > .course-passed { background: transparent; }
[data-course-stale] :is(.course-check > .jp-RenderedHTMLCommon, .course-drawn-tick, .course-praise-line) {
  opacity: 0.65; filter: grayscale(1); }
`;

/** An exercise's cell, the cell that checks it, and which code each of them is about. */
interface Pair {
  exercise?: CodeCell;
  check?: CodeCell;
  /** The exercise's code when its cell ran. */
  ranSource?: string;
  /** The exercise's code that the report is about. */
  checkedSource?: string;
}

const sourceOf = (cell: CodeCell) => cell.model.sharedModel.getSource().trim();

function mark({ exercise, check, checkedSource }: Pair): void {
  if (!exercise || !check) return;
  const hasReport = outputsOf(check).some(({ data }) => CHECK_MIME in data);
  const isStale = hasReport && checkedSource !== undefined && checkedSource !== sourceOf(exercise);
  const { dataset } = check.outputArea.node;
  if (isStale) dataset.courseStale = MESSAGE;
  else delete dataset.courseStale;
}

/** Follows a notebook's exercises and checks. */
function follow(pair: Pair, cell: CodeCell, role: string): void {
  if (role === "check") {
    pair.check = cell;
    cell.model.outputs.changed.connect(() => mark(pair));
  } else {
    pair.exercise = cell;
    pair.checkedSource ??= sourceOf(cell);
    cell.model.contentChanged.connect(() => mark(pair));
  }
}

/** Notes which code runs and which code is checked. */
function note(pair: Pair, cell: Cell): void {
  if (!pair.exercise) return;
  if (cell === pair.exercise) pair.ranSource = sourceOf(pair.exercise);
  if (cell !== pair.check) return;
  pair.checkedSource = pair.ranSource ?? sourceOf(pair.exercise);
  mark(pair);
}

export const stale: JupyterFrontEndPlugin<void> = {
  id: "foundation-models-lab:stale",
  description: "Says which results of checks are from before an edit",
  autoStart: true,
  requires: [INotebookTracker],
  activate: (_, tracker: INotebookTracker): void => {
    addSheet("course-stale-style", CSS);
    const pairs = new WeakMap<NotebookPanel, Map<string, Pair>>();
    watchLessons(tracker, (cell, panel) => {
      const { role, name } = cellMetadata(cell);
      if (!isCode(cell) || !["exercise", "check"].includes(role)) return;
      const ofPanel = pairs.get(panel) ?? new Map<string, Pair>();
      pairs.set(panel, ofPanel);
      const pair = ofPanel.get(name) ?? {};
      ofPanel.set(name, pair);
      follow(pair, cell, role);
    });
    NotebookActions.executionScheduled.connect((_, { notebook, cell }) => {
      const panel = tracker.find(({ content }) => content === notebook);
      const pair = panel && pairs.get(panel)?.get(cellMetadata(cell).name);
      if (pair) note(pair, cell);
    });
  },
};
