/**
 * Adds a row on top and a note at the end of each lesson's notebook, and restores the last cell.
 */
import type { Cell } from "@jupyterlab/cells";
import type { NotebookPanel } from "@jupyterlab/notebook";
import { Debouncer } from "@lumino/polling";
import type { PanelLayout } from "@lumino/widgets";
import type { Lesson } from "./course";
import { goTo, HomeView, type Lab } from "./lab";
import { ending, navigation } from "./navigation";

/** The id of the last cell that the builder writes. */
const LAST_CELL = "lesson-end";
const SAVE_DELAY_MS = 500;

/** Decorates each notebook that is open or opens later. */
export function serveNotebooks(lab: Lab): void {
  const ready = new WeakSet<NotebookPanel>();
  const serve = (panel: NotebookPanel) => void serveNotebook(lab, panel, ready);
  lab.tracker.forEach(serve);
  lab.tracker.widgetAdded.connect((_, panel) => serve(panel));
  followBookmarks(lab, ready);
}

async function serveNotebook(
  lab: Lab,
  panel: NotebookPanel,
  ready: WeakSet<NotebookPanel>,
): Promise<void> {
  await panel.context.ready;
  const { path } = panel.context;
  await lab.store.find(path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "");
  const lesson = lab.lessonOf(panel);
  if (!lesson || panel.isDisposed) return;
  panel.contentHeader.addWidget(
    new HomeView(lab, "course-row", (scene) => navigation(lesson, scene)),
  );
  lab.changed.emit(); // the side panel can mark the current lesson now
  addEnding(lab, panel, lesson);
  panel.content.model?.cells.changed.connect(() => addEnding(lab, panel, lesson));
  const place = lab.store.folder?.bookmarks.cells[lesson.id];
  if (place !== undefined) await goTo(panel, place);
  ready.add(panel);
  if (isInFront(lab, panel)) await lab.store.saveBookmark(lesson.id);
}

const withEnding = new WeakSet<Cell>();

/** Waits until the cell has drawn its parts, the links to other lessons, then adds the note above. */
function addEnding(lab: Lab, panel: NotebookPanel, lesson: Lesson): void {
  const cell = panel.content.widgets.find(({ model }) => model.id === LAST_CELL);
  if (!cell || withEnding.has(cell)) return;
  withEnding.add(cell);
  void cell.ready.then(() => {
    if (cell.isDisposed) return;
    const view = new HomeView(lab, "course-ending", (scene) => ending(lesson, scene));
    view.node.dataset.lmSuppressShortcuts = "true"; // Enter follows a link
    cell.node.setAttribute("data-course-end", "");
    (cell.layout as PanelLayout).insertWidget(0, view);
  });
}

/** Whether the student sees this notebook; JupyterLab also names one current behind another tab. */
const isInFront = ({ tracker }: Lab, panel: NotebookPanel) =>
  tracker.currentWidget === panel && panel.isVisible;

/** Saves the active cell, but only after the notebook was scrolled to the cell saved before. */
function followBookmarks(lab: Lab, ready: WeakSet<NotebookPanel>): void {
  const { store, tracker } = lab;
  const save = new Debouncer(() => {
    const panel = tracker.currentWidget;
    const lesson =
      panel && ready.has(panel) && isInFront(lab, panel) ? lab.lessonOf(panel) : undefined;
    if (!panel || !lesson) return;
    const { activeCellIndex, activeCell } = panel.content;
    void store.saveBookmark(lesson.id, activeCellIndex > 0 ? activeCell?.model.id : undefined);
  }, SAVE_DELAY_MS);
  tracker.activeCellChanged.connect(() => void save.invoke());
  tracker.currentChanged.connect(() => void save.invoke());
}
