/**
 * Runs a cell only after its notebook's kernel has been chosen. Without the wait, JupyterLab asks a
 * fast reader to select a kernel, and drops the cell. A lesson's imports run ahead of the first of
 * its cells (setup.ts), and after a stub the course's version is imported if the student chose to go
 * on with it (courseVersions.ts).
 */
import type { JupyterFrontEndPlugin } from "@jupyterlab/application";
import { INotebookCellExecutor, runCell } from "@jupyterlab/notebook";
import { importCourseVersion, unwrittenName, usesCourseVersions } from "./courseVersions";
import { cellMetadata, isCode } from "./lesson";
import { afterSetup, noteSetup } from "./setup";

/** Replaces JupyterLab's own executor, which package.json disables. */
export const executor: JupyterFrontEndPlugin<INotebookCellExecutor> = {
  id: "foundation-models-lab:executor",
  description: "Runs cells, also those that are run before there is a kernel",
  autoStart: true,
  provides: INotebookCellExecutor,
  activate: () => ({
    async runCell(options) {
      const { cell, notebook, sessionContext } = options;
      await sessionContext?.ready; // may show JupyterLab's dialog
      const isSetup = cellMetadata(cell).role === "setup";
      if (sessionContext && isCode(cell) && !isSetup) {
        await afterSetup(sessionContext, cell, (one) => runCell({ ...options, cell: one }));
      }
      const run = runCell(options);
      if (sessionContext && isSetup) noteSetup(sessionContext, run);
      const goesOn = sessionContext && isCode(cell) && usesCourseVersions(notebook);
      const name = goesOn ? unwrittenName(cell) : undefined;
      if (!goesOn || name === undefined) return run;
      await importCourseVersion(
        cell,
        name,
        sessionContext,
        run.catch(() => false),
      );
      return run;
    },
  }),
};
