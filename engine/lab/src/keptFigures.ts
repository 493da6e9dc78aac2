/**
 * Keeps figures that were drawn beforehand below the error of a cell that needs a function which
 * isn't written yet: the run gave the reader nothing that could take their place.
 */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import type { Cell, CodeCell } from "@jupyterlab/cells";
import { NotebookActions } from "@jupyterlab/notebook";
import { isCode, needsUnwritten } from "./lesson";

/** The outputs that the builder put there, with the words above them. */
const previewsIn = ({ model }: CodeCell) =>
  model.outputs.toJSON().filter(({ metadata }) => {
    const mark = (metadata as { course?: { preview?: unknown } } | undefined)?.course;
    return mark?.preview === true;
  });

export const keptFigures: JupyterFrontEndPlugin<void> = {
  id: "foundation-models-lab:kept-figures",
  description: "Keeps figures that were drawn beforehand until a run draws them",
  autoStart: true,
  activate: (_: JupyterFrontEnd): void => {
    const before = new WeakMap<Cell, ReturnType<typeof previewsIn>>();
    NotebookActions.executionScheduled.connect((_, { cell }) => {
      if (isCode(cell)) before.set(cell, previewsIn(cell));
    });
    NotebookActions.executed.connect((_, { cell, success }) => {
      if (success || !isCode(cell) || !needsUnwritten(cell)) return;
      if (previewsIn(cell).length > 0) return;
      for (const output of before.get(cell) ?? []) cell.model.outputs.add(output);
    });
  },
};
