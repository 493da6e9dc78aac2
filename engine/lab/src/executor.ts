/**
 * Runs a cell once its notebook's kernel has been chosen: whoever is faster would otherwise be asked
 * which kernel to take, and the cell would not run.
 */
import type { JupyterFrontEndPlugin } from "@jupyterlab/application";
import { INotebookCellExecutor, runCell } from "@jupyterlab/notebook";

/** In place of JupyterLab's own, which package.json disables. */
export const executor: JupyterFrontEndPlugin<INotebookCellExecutor> = {
  id: "foundation-models-lab:executor",
  description: "Runs cells, also those that are run before there is a kernel",
  autoStart: true,
  provides: INotebookCellExecutor,
  activate: () => ({
    async runCell(options) {
      await options.sessionContext?.ready; // JupyterLab asks by itself where it can't choose
      return runCell(options);
    },
  }),
};
