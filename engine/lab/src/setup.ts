/**
 * Runs a lesson's imports by themselves: ahead of the first of its cells that runs in a kernel. A
 * reader who begins with an exercise would get "check is not defined" otherwise.
 */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import type { ISessionContext } from "@jupyterlab/apputils";
import type { Cell } from "@jupyterlab/cells";
import { INotebookTracker } from "@jupyterlab/notebook";
import { cellMetadata, onNewKernel, watchLessons } from "./lesson";

/** The cell with the imports, by the session of its notebook. */
const setupCells = new WeakMap<ISessionContext, Cell>();
/** The run of that cell since the kernel started. */
const runs = new WeakMap<ISessionContext, Promise<unknown>>();

/**
 * Waits for the imports before a cell of a lesson runs, and starts them where no cell has; where they
 * fail, the cell says what is missing. Cells that wait go on in the order in which they came.
 * @param run runs a cell
 */
export async function afterSetup<Result>(
  context: ISessionContext,
  cell: Cell,
  run: (cell: Cell) => Promise<Result>,
): Promise<void> {
  const setup = setupCells.get(context);
  if (!setup || setup.isDisposed || cellMetadata(cell).role === "") return;
  if (!runs.has(context)) runs.set(context, run(setup));
  await runs.get(context)?.catch(() => false);
}

/** Notes that a reader runs the imports. */
export function noteSetup(context: ISessionContext, run: Promise<unknown>): void {
  runs.set(context, run);
}

export const setup: JupyterFrontEndPlugin<void> = {
  id: "foundation-models-lab:setup",
  description: "Knows the imports of each lesson",
  autoStart: true,
  requires: [INotebookTracker],
  activate: (_: JupyterFrontEnd, tracker: INotebookTracker) => {
    watchLessons(tracker, (cell, { sessionContext }) => {
      if (cellMetadata(cell).role === "setup") setupCells.set(sessionContext, cell);
    });
    tracker.widgetAdded.connect((_, panel) => {
      onNewKernel(panel, () => void runs.delete(panel.sessionContext));
    });
  },
};
