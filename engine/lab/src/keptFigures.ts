/**
 * Keeps figures that were drawn beforehand below the error of a cell that needs a function which
 * isn't written yet, or cells that haven't run: the run gave the reader nothing that could take their place. The error's line
 * says where they come from, in place of the words that stood above them.
 */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import type { Cell, CodeCell } from "@jupyterlab/cells";
import { NotebookActions } from "@jupyterlab/notebook";
import { isCode, needsUnwritten } from "./lesson";
import { addSheet } from "./page";
import { isPreview } from "./preview";
import { ranTooEarly } from "./ran";

/** The figures that the builder put there, without the words above them. */
const figuresIn = ({ model }: CodeCell) =>
  model.outputs
    .toJSON()
    .filter(({ metadata, data }) => isPreview(metadata) && !("text/markdown" in (data as object)));

const CSS = `
.course-lesson .jp-OutputArea-child:has(+ .jp-OutputArea-child) > .course-unwritten > .jp-RenderedText pre::after {
  content: " The figure below was drawn beforehand."; }
`;

export const keptFigures: JupyterFrontEndPlugin<void> = {
  id: "foundation-models-lab:kept-figures",
  description: "Keeps figures that were drawn beforehand until a run draws them",
  autoStart: true,
  activate: (_: JupyterFrontEnd): void => {
    addSheet("course-kept-style", CSS);
    const before = new WeakMap<Cell, ReturnType<typeof figuresIn>>();
    NotebookActions.executionScheduled.connect((_, { cell }) => {
      if (isCode(cell)) before.set(cell, figuresIn(cell));
    });
    NotebookActions.executed.connect((_, { notebook, cell, success }) => {
      if (success || !isCode(cell)) return;
      if (!needsUnwritten(cell) && !ranTooEarly(notebook, cell)) return;
      if (figuresIn(cell).length > 0) return;
      for (const output of before.get(cell) ?? []) cell.model.outputs.add(output);
    });
  },
};
