/** Which cells ran in a notebook's kernel without an error, and which ones another cell needs. */
import type { CodeCell } from "@jupyterlab/cells";
import {
  NotebookActions,
  type INotebookTracker,
  type Notebook,
  type NotebookPanel,
} from "@jupyterlab/notebook";
import { cellsNeeded } from "cells/needed";
import { errorsOf, isCode, onNewKernel } from "./lesson";
import { missingName } from "./notebookData";

/** The cells, with their sources, that ran since the kernel started. */
const succeeded = new WeakMap<Notebook, Set<string>>();

const keyOf = ({ model }: CodeCell) => `${model.id}\n${model.sharedModel.getSource()}`;

export function watchRuns(tracker: INotebookTracker): void {
  NotebookActions.executed.connect((_, { notebook, cell, success }) => {
    if (!isCode(cell)) return;
    const ran = succeeded.get(notebook) ?? new Set();
    succeeded.set(notebook, ran);
    if (success) ran.add(keyOf(cell));
    else ran.delete(keyOf(cell));
  });
  tracker.widgetAdded.connect((_, panel) => {
    onNewKernel(panel, () => void succeeded.delete(panel.content));
  });
}

/** Whether a cell ran without an error, as it is now, since the kernel started. */
export const hasRun = (content: Notebook, cell: CodeCell): boolean =>
  succeeded.get(content)?.has(keyOf(cell)) ?? false;

/**
 * The cells that define what a cell uses and that haven't run.
 * @param name a name that it missed
 * @returns cells in order; [] if a name is given and no earlier cell defines it
 */
export function neededCells(
  { content }: Pick<NotebookPanel, "content">,
  cell: CodeCell,
  name?: string,
): CodeCell[] {
  return cellsBefore(content, cell, (one) => hasRun(content, one), name);
}

/** Whether a cell failed since cells that define what it uses haven't run. */
export const ranTooEarly = (content: Notebook, cell: CodeCell): boolean =>
  errorsOf(cell).some((message) => {
    const name = missingName(message);
    return name !== undefined && neededCells({ content }, cell, name).length > 0;
  });

/** The cells that define what a cell uses, whether they have run or not. */
export const usedCells = ({ content }: NotebookPanel, cell: CodeCell): CodeCell[] =>
  cellsBefore(content, cell, () => false);

function cellsBefore(
  { widgets }: Notebook,
  cell: CodeCell,
  isReady: (cell: CodeCell) => boolean,
  name?: string,
): CodeCell[] {
  const cells = widgets.filter(isCode);
  const sources = cells.map((one) => ({
    source: one.model.sharedModel.getSource(),
    hasRun: isReady(one),
  }));
  return cellsNeeded(sources, cells.indexOf(cell), name).map((i) => cells[i]!);
}
