/**
 * Runs a cell only after its notebook's kernel has been chosen. Without the wait, JupyterLab asks a
 * fast reader to select a kernel, and drops the cell.
 */
import type { JupyterFrontEndPlugin } from "@jupyterlab/application";
import { INotebookCellExecutor, runCell } from "@jupyterlab/notebook";

/** Replaces JupyterLab's own executor, which package.json disables. */
export const executor: JupyterFrontEndPlugin<INotebookCellExecutor> = {
  id: "foundation-models-lab:executor",
  description: "Runs cells, also those that are run before there is a kernel",
  autoStart: true,
  provides: INotebookCellExecutor,
  activate: () => ({
    async runCell(options) {
      await options.sessionContext?.ready; // may show JupyterLab’s dialog
      return runCell(options);
    },
  }),
};
