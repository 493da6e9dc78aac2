/**
 * Adds a button to an error that the student can solve by running other cells: those that define
 * what is missing (missing.ts), or the course's version of functions that aren't written yet. Says
 * where a run of all cells stopped, and goes there.
 *
 * A saved notebook may come from anyone. Nothing runs without a click, and a click runs cells of the
 * notebook that the student sees, and imports of its own exercises from the course.
 */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { ICommandPalette, Notification } from "@jupyterlab/apputils";
import type { Cell, CodeCell } from "@jupyterlab/cells";
import {
  INotebookTracker,
  NotebookActions,
  type Notebook,
  type NotebookPanel,
} from "@jupyterlab/notebook";
import { IRenderMimeRegistry, MimeModel } from "@jupyterlab/rendermime";
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { Panel } from "@lumino/widgets";
import { actionBar, button, BUTTONS_CSS, explanation, type Actions } from "./buttons";
import {
  goOnWithCourse,
  setCourseVersions,
  unwrittenCells,
  unwrittenName,
  usesCourseVersions,
} from "./courseVersions";
import { focusCell } from "./keyboard";
import { cellMetadata, ERROR_MIME, failed, isCode, LESSON } from "./lesson";
import { leadWithRemedy, MISSING_CSS } from "./missing";
import { followNeeds, importNeeds, needsLabel, needsOf, NOT_IMPORTED, type Needs } from "./needs";
import { missingName, stubName } from "./notebookData";
import { addSheet } from "./page";
import { watchRuns } from "./ran";
import { showStop } from "./stop";

/** OutputModel puts the traceback under this type. */
const TRACEBACK_MIME = "application/vnd.jupyter.stderr";
/** Ahead of the traceback alone. */
const RANK = 0;

const CSS = `
.course-error > .jp-RenderedText { padding-right: 8px; padding-bottom: 8px; }
.course-error > .course-actions { padding: 0.6em 0 0.4em; border-left: 0; }
.course-lesson .course-unwritten > .jp-RenderedText { padding: 4px 8px 4px 12px; background: transparent;
  border-left: 4px solid var(--jp-info-color1, #0072b2); }
.course-lesson .course-unwritten > .jp-RenderedText pre { font-family: var(--jp-ui-font-family); font-size: 14px; line-height: 1.5; }
`;

const RUN_ALL = /^notebook:(run-all-cells|run-all-below|restart-run-all)$/;

/** Where a reader is in a notebook. */
interface Place {
  cell: Cell | null;
  scrollTop: number;
}

/** How the last run of all cells in a notebook goes. */
interface RunAllLog {
  /** Whether the last command ran all cells, or all below one. */
  isRunningAll: boolean;
  /** Where that run has stopped. */
  stop?: { cell: CodeCell; notice: string };
  /** Where the reader was before the command that is being carried out. */
  place?: Place;
  /** The cell that was active when that run began. */
  startedAt?: Cell | null;
}

/**
 * Keeps the reader's place while all cells run: JupyterLab goes to the last cell when such a run
 * begins, and its figures would draw far from what the reader looks at.
 */
async function keepPlace(notebook: Notebook, { cell, scrollTop }: Place): Promise<void> {
  const index = notebook.widgets.findIndex((one) => one === cell);
  if (index < 0 || index === notebook.activeCellIndex) return;
  notebook.activeCellIndex = index;
  await notebook.scrollToItem(index, "auto").catch(() => undefined); // ends the way to the last cell
  notebook.outerNode.scrollTop = scrollTop;
}

/** Notes where the reader is, until the event at hand has been handled. */
function notePlaces(notebook: Notebook, log: RunAllLog): void {
  const here = (): Place => ({
    cell: notebook.activeCell,
    scrollTop: notebook.outerNode.scrollTop,
  });
  let active = notebook.activeCell;
  notebook.activeCellChanged.connect((_, cell) => {
    log.place ??= { ...here(), cell: active };
    active = cell;
    queueMicrotask(() => delete log.place);
  });
}

/** The notice goes once the notebook goes on. */
function forgetStop(log: RunAllLog): void {
  if (log.stop) Notification.dismiss(log.stop.notice);
  delete log.stop;
}

/** Follows the runs of all cells, by notebook. */
function watchRunAll({ commands }: JupyterFrontEnd, tracker: INotebookTracker) {
  const logs = new WeakMap<Notebook, RunAllLog>();
  const logOf = (notebook: Notebook): RunAllLog => {
    const log = logs.get(notebook) ?? { isRunningAll: false };
    logs.set(notebook, log);
    return log;
  };
  NotebookActions.executed.connect((_, { notebook, cell, success }) => {
    const log = logOf(notebook);
    if (success && cell === log.stop?.cell) forgetStop(log);
    if (success || !isCode(cell) || !failed(cell) || !log.isRunningAll || log.stop) return;
    const isAtEnd = notebook.activeCellIndex === notebook.widgets.length - 1;
    const isWaiting = isAtEnd || notebook.activeCell === log.startedAt;
    log.stop = { cell, notice: showStop(notebook, cell, isWaiting) };
  });
  tracker.widgetAdded.connect((_, { content }) => {
    notePlaces(content, logOf(content));
  });
  commands.commandExecuted.connect((_, { id }) => {
    const panel = tracker.currentWidget;
    if (!panel || !id.startsWith("notebook:r")) return;
    const { content } = panel;
    const log = logOf(content);
    const { place } = log;
    const isRunningAll = RUN_ALL.test(id);
    if (isRunningAll && place && panel.hasClass(LESSON)) void keepPlace(content, place);
    forgetStop(log);
    Object.assign(log, { isRunningAll, startedAt: content.activeCell });
  });
  return logOf;
}

/** An error in a notebook, with the cell that threw it. */
interface ErrorContext {
  panel: NotebookPanel;
  cell: CodeCell;
  log: RunAllLog;
}

/**
 * Runs cells in order, and moves the keyboard on to the cell after the last one. Where another cell
 * fails, often far above, says so and goes there.
 */
async function runInOrder({ panel, cell, log }: ErrorContext, cells: CodeCell[]): Promise<void> {
  const { content, sessionContext } = panel;
  const isDone = await NotebookActions.runCells(content, cells, sessionContext);
  const stopped = isDone ? undefined : cells.find((one) => one !== cell && failed(one));
  if (stopped) {
    log.stop ??= { cell: stopped, notice: showStop(content, stopped, true) };
    return;
  }
  const next = content.widgets[content.widgets.indexOf(cell) + 1];
  focusCell(panel, isDone && next ? next : cell, "command");
}

/** Goes on with the course's version of all that isn't written, now and when cells run later. */
async function goOn(context: ErrorContext, bar: Actions): Promise<void> {
  const { panel, cell, log } = context;
  const { content } = panel;
  const index = content.widgets.indexOf(cell);
  const stubs = unwrittenCells(content, index);
  if (!(await goOnWithCourse(panel, stubs))) return bar.showStatus(NOT_IMPORTED);
  if (!log.isRunningAll) return runInOrder(context, [cell]);
  // their checks ran on stubs before this cell stopped the run of all cells
  const names = new Set(stubs.map((stub) => cellMetadata(stub).name));
  const isOutdated = (one: Cell, i: number) => {
    const { role, name } = cellMetadata(one);
    return i >= index || (role === "check" && names.has(name));
  };
  await runInOrder(context, content.widgets.filter(isOutdated).filter(isCode));
}

/** Runs what a cell needs, with the course's version where the student's isn't written. */
async function runNeeds(context: ErrorContext, needs: Needs, bar: Actions): Promise<void> {
  if (!(await importNeeds(context.panel, needs))) return bar.showStatus(NOT_IMPORTED);
  await runInOrder(context, [...needs.cells, context.cell]);
}

/** What a reader can do about an error by one click. */
interface Remedy {
  label: string;
  apply(): Promise<void>;
}

const GO_ON = "Go on with the course's version of all that isn't written";
const GO_ON_NOTE =
  "The lesson then uses the course's functions where yours aren't written. Your code stays in its cells.";

/**
 * What helps against an error as the notebook is now: its functions may have been written, and its
 * cells may have run, since the error was shown.
 * @returns undefined if no other cell helps
 */
function remedyFor(context: ErrorContext, message: string, bar: Actions): Remedy | undefined {
  const { panel, cell } = context;
  const stub = stubName(message);
  if (stub !== undefined && unwrittenCells(panel.content).some((c) => unwrittenName(c) === stub)) {
    return { label: GO_ON, apply: () => goOn(context, bar) };
  }
  const missing = missingName(message);
  if (stub === undefined && missing === undefined) return undefined;
  const needs = needsOf(panel, cell, missing);
  if (needs.cells.length === 0) return undefined;
  return { label: needsLabel(needs, "this one"), apply: () => runNeeds(context, needs, bar) };
}

/**
 * Adds the button that applies an error's remedy, with a label that follows the notebook: below the
 * error, or above it where the cell misses names that other cells define.
 */
function addRemedy(output: Panel, context: ErrorContext, message: string, bar: Actions): void {
  const remedy = () => remedyFor(context, message, bar);
  if (!remedy()) return;
  const made = button("", async () => remedy()?.apply());
  made.className = "course-primary";
  const note = explanation(GO_ON_NOTE);
  bar.node.prepend(made, note);
  const missing = missingName(message);
  const explain =
    missing === undefined ? undefined : leadWithRemedy(output, context.cell, missing, bar);
  if (!explain) output.addWidget(bar);
  followNeeds(context.panel, output, () => {
    const { label } = remedy() ?? {};
    made.hidden = label === undefined;
    made.textContent = label ?? "";
    note.hidden = label !== GO_ON;
    explain?.(label === undefined);
  });
}

/** What a cell says that needs an unwritten function: no traceback, since no line of it is wrong. */
const unwrittenMessage = (message: string): string =>
  message.replace(/^not written yet: ([\w$]+)/, "$1 isn't written yet");

class ErrorOutput extends Panel implements IRenderMime.IRenderer {
  #message = "";

  constructor(
    private readonly registry: IRenderMimeRegistry,
    private readonly addActions: (output: Panel, message: string) => void,
  ) {
    super();
    this.addClass("course-error");
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    for (const widget of [...this.widgets]) widget.dispose();
    const { evalue } = (model.data[ERROR_MIME] ?? {}) as { evalue?: unknown };
    this.#message = typeof evalue === "string" ? evalue : "";
    const isUnwritten = stubName(this.#message) !== undefined;
    this.toggleClass("course-unwritten", isUnwritten);
    const text = unwrittenMessage(this.#message);
    const calm = new MimeModel({ data: { [TRACEBACK_MIME]: text }, trusted: model.trusted });
    const traceback = this.registry.createRenderer(TRACEBACK_MIME);
    this.addWidget(traceback);
    await traceback.renderModel(isUnwritten ? calm : model);
    if (this.isAttached) this.addActions(this, this.#message);
  }

  protected override onAfterAttach(): void {
    this.addActions(this, this.#message);
  }
}

/** Lets a student choose, for the lesson in front, whether it goes on with the course's version. */
function addCommand({ commands }: JupyterFrontEnd, tracker: INotebookTracker): string {
  const command = "course:use-course-versions";
  const model = () => tracker.currentWidget?.content.model ?? undefined;
  commands.addCommand(command, {
    label: "Go On with the Course's Version of Unwritten Functions",
    isEnabled: () => model()?.getMetadata("course") !== undefined,
    isToggled: () => {
      const current = model();
      return current !== undefined && usesCourseVersions(current);
    },
    execute: () => {
      const current = model();
      if (current) setCourseVersions(current, !usesCourseVersions(current));
    },
  });
  return command;
}

export const errors: JupyterFrontEndPlugin<void> = {
  id: "foundation-models-lab:errors",
  description: "Adds buttons below errors that other cells solve",
  autoStart: true,
  requires: [IRenderMimeRegistry, INotebookTracker],
  optional: [ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    registry: IRenderMimeRegistry,
    tracker: INotebookTracker,
    palette: ICommandPalette | null,
  ) => {
    addSheet("course-buttons-style", BUTTONS_CSS);
    addSheet("course-error-style", CSS + MISSING_CSS);
    watchRuns(tracker);
    const logOf = watchRunAll(app, tracker);
    const addActions = (output: Panel, message: string) => {
      const panel = tracker.find(({ node }) => node.contains(output.node));
      const cell = panel?.content.widgets.find(({ node }) => node.contains(output.node));
      if (!panel?.hasClass(LESSON) || !cell || !isCode(cell) || output.widgets.length !== 1) return;
      const context = { panel, cell, log: logOf(panel.content) };
      addRemedy(output, context, message, actionBar(app));
    };
    const createRenderer = () => new ErrorOutput(registry, addActions);
    registry.addFactory({ safe: true, mimeTypes: [ERROR_MIME], createRenderer }, RANK);
    palette?.addItem({ command: addCommand(app, tracker), category: "Course" });
  },
};
