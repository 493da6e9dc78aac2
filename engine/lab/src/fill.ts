/**
 * Draws all cells of a lesson that opens. JupyterLab draws cells while the browser is idle, which it
 * isn't while a reader scrolls: whoever pages down at once sees white. So this asks for the next
 * cells again and again until all are drawn, and says below the last one that more comes.
 */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { INotebookTracker, type NotebookPanel } from "@jupyterlab/notebook";
import { watchLessons } from "./lesson";
import { addSheet } from "./page";

/** The reader sees the lesson's first cells before the others take time. */
const START_MS = 700;
/** Between two steps, the browser draws and takes input; each step takes JupyterLab about 50 ms. */
const PAUSE_MS = 20;
/** While another tab is in front. */
const HIDDEN_PAUSE_MS = 1_000;
const FILLING = "course-filling";

const CSS = `
.${FILLING} .jp-WindowedPanel-viewport::after { content: "The rest of this lesson is being drawn …"; display: block;
  padding: 24px 0; text-align: center; font-family: var(--jp-ui-font-family); font-style: italic;
  color: var(--jp-ui-font-color2); }
`;

/** Draws the cells that are missing. In the setting "full", JupyterLab takes cells out on purpose. */
function fill(panel: NotebookPanel): void {
  const { content } = panel;
  const isFilled = () =>
    content.notebookConfig.windowingMode === "full" ||
    content.widgets.every((cell) => !cell.isPlaceholder());
  const step = () => {
    if (panel.isDisposed) return;
    const more = !isFilled();
    panel.toggleClass(FILLING, more);
    if (!more) return;
    if (panel.isVisible) content.update();
    setTimeout(step, panel.isVisible ? PAUSE_MS : HIDDEN_PAUSE_MS);
  };
  step();
}

export const fillLessons: JupyterFrontEndPlugin<void> = {
  id: "foundation-models-lab:fill",
  description: "Draws all cells of the course's notebooks as soon as they open",
  autoStart: true,
  requires: [INotebookTracker],
  activate: (_: JupyterFrontEnd, tracker: INotebookTracker): void => {
    addSheet("course-fill-style", CSS);
    const seen = new WeakSet<NotebookPanel>();
    watchLessons(tracker, (_, panel) => {
      if (seen.has(panel)) return;
      seen.add(panel);
      void panel.revealed.then(() => setTimeout(() => fill(panel), START_MS));
    });
  },
};
