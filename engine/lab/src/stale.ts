/**
 * A line above a result that is about code which isn't there any more. Above a check's report from
 * before the reader's last edit: the check's next run takes the line away, and so does undoing the
 * edit; a notebook that opens counts as unedited. In place of the failure of a cell that needed a
 * function which is written now: the cell's next run takes it away.
 */
import type { JupyterFrontEndPlugin } from "@jupyterlab/application";
import type { Cell, CodeCell } from "@jupyterlab/cells";
import {
  INotebookTracker,
  NotebookActions,
  type Notebook,
  type NotebookPanel,
} from "@jupyterlab/notebook";
import { CHECK_MIME } from "cells/checkData";
import { unwrittenName } from "./courseVersions";
import { cellMetadata, errorsOf, isCode, outputsOf, watchLessons } from "./lesson";
import { stubName } from "./notebookData";
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
.course-lesson .jp-OutputArea[data-course-stale]:has(.course-unwritten)::before {
  border-left: 4px solid var(--jp-info-color1, #0072b2); padding: 4px 8px 4px 12px; }
.course-lesson [data-course-stale] .course-unwritten { display: none; } /* it is written now */
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

/** In place of an error that calls a function unwritten, and above a figure drawn beforehand. */
const writtenSince = (name: string, hasFigure: boolean): string =>
  hasFigure
    ? `You have written ${name}: run this cell again to draw your own figure. The one below was drawn beforehand.`
    : `You have written ${name}: run this cell again.`;

/** Marks the cells that failed since they needed a function which has run now, written. */
function markCallers({ widgets }: Notebook, name: string): void {
  for (const cell of widgets) {
    if (!isCode(cell) || !errorsOf(cell).some((message) => stubName(message) === name)) continue;
    const { outputs } = cell.model;
    const { dataset } = cell.outputArea.node;
    if (dataset.courseStale !== undefined) continue; // marked at an earlier run
    dataset.courseStale = writtenSince(name, outputs.length > 1);
    const forget = () => {
      delete dataset.courseStale;
      outputs.changed.disconnect(forget);
    };
    outputs.changed.connect(forget);
  }
}

export const stale: JupyterFrontEndPlugin<void> = {
  id: "foundation-models-lab:stale",
  description: "Says which results are from before an edit",
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
    NotebookActions.executed.connect((_, { notebook, cell, success }) => {
      const { role, name } = cellMetadata(cell);
      if (!success || role !== "exercise" || !isCode(cell)) return;
      if (unwrittenName(cell) === undefined) markCallers(notebook, name);
    });
  },
};
