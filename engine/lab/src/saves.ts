/**
 * Saves a notebook once at a time. JupyterLab saves by itself every few seconds, and a reader's Ctrl+S
 * meanwhile would find the file changed on disk, by that very save: it would ask whether to overwrite
 * the file or to revert to it.
 */
import type { JupyterFrontEndPlugin } from "@jupyterlab/application";
import { INotebookTracker } from "@jupyterlab/notebook";

/** Calls a function only once its last call has ended, however it did. */
function inTurn<Result>(act: () => Promise<Result>): () => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return () => {
    const next = last.then(act, act);
    last = next;
    return next;
  };
}

export const saves: JupyterFrontEndPlugin<void> = {
  id: "foundation-models-lab:saves",
  description: "Saves a notebook once at a time",
  autoStart: true,
  requires: [INotebookTracker],
  activate: (_, tracker: INotebookTracker): void => {
    tracker.widgetAdded.connect((_tracker, { context }) => {
      context.save = inTurn(context.save.bind(context));
    });
  },
};
