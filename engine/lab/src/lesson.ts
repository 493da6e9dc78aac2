/**
 * Recognizes the course's notebooks, and reads the metadata that the builder wrote into their
 * cells.
 */
import type { EditorView } from "@codemirror/view";
import type { Cell, CodeCell } from "@jupyterlab/cells";
import type { CodeMirrorEditor } from "@jupyterlab/codemirror";
import type { INotebookTracker, NotebookPanel } from "@jupyterlab/notebook";
import { linesOf, stubName, type Lines } from "./notebookData";

/** JupyterLab's type of an error's name and message. */
export const ERROR_MIME = "application/vnd.jupyter.error";

/**
 * A cell's metadata from the builder. A notebook may come from anyone, so nothing of it is trusted.
 */
export interface CellMetadata {
  role: string;
  name: string;
  fold: string;
  checks: Lines[];
  /** It was shipped with figures. */
  hasPreview: boolean;
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

export function cellMetadata(cell: Cell): CellMetadata {
  const mark = (cell.model.getMetadata("course") ?? {}) as Record<string, unknown>;
  const checks = Array.isArray(mark.checks) ? mark.checks.flatMap(linesOf) : [];
  return {
    role: textOf(mark.role),
    name: textOf(mark.name),
    fold: textOf(mark.fold),
    checks,
    hasPreview: textOf(mark.preview) !== "",
  };
}

/** The CodeMirror editor of a cell; undefined until the cell is drawn. */
export const viewOf = (cell: CodeCell): EditorView | undefined =>
  (cell.editor as CodeMirrorEditor | null)?.editor;

export const isCode = (cell: Cell): cell is CodeCell => cell.model.type === "code";

/**
 * Whether the cell itself failed; JupyterLab also reports cells that it cancelled after a failure.
 */
export const failed = (cell: CodeCell): boolean =>
  outputsOf(cell).some(({ type }) => type === "error");

/** The messages of a cell's errors. */
export const errorsOf = (cell: CodeCell): string[] =>
  outputsOf(cell).flatMap(
    ({ data }) => (data[ERROR_MIME] as { evalue?: string } | undefined)?.evalue ?? [],
  );

/** Whether a cell failed since it needs a function that isn't written yet. */
export const needsUnwritten = (cell: CodeCell): boolean =>
  errorsOf(cell).some((message) => stubName(message) !== undefined);

export const outputsOf = ({ model: { outputs } }: CodeCell) =>
  Array.from({ length: outputs.length }, (_, i) => outputs.get(i));

/** Whether a cell holds the reader's answer or checks it. */
export const isOfExercise = (cell: Cell): boolean =>
  ["exercise", "check"].includes(cellMetadata(cell).role);

/** Marks a cell's element while the cell gives away what a question above it asks. */
export const ANSWER_MARK = "data-course-answer";

/** The CSS class of the course's notebooks. */
export const LESSON = "course-lesson";

/** Calls back once for each cell of the course's notebooks, including cells that appear later. */
export function watchLessons(
  tracker: INotebookTracker,
  onCell: (cell: Cell, panel: NotebookPanel) => void,
): void {
  const begin = async (panel: NotebookPanel) => {
    await panel.context.ready;
    if (panel.isDisposed || !panel.content.model?.getMetadata("course")) return;
    panel.addClass(LESSON);
    const seen = new WeakSet<Cell>();
    const look = () => {
      for (const cell of panel.content.widgets) {
        if (seen.has(cell)) continue;
        seen.add(cell);
        onCell(cell, panel);
      }
    };
    panel.content.model.cells.changed.connect(look);
    look();
  };
  tracker.widgetAdded.connect((_, panel) => void begin(panel));
  tracker.forEach((panel) => void begin(panel));
}

/** Calls back when a notebook's kernel begins anew: it restarts, or another one takes its place. */
export function onNewKernel({ sessionContext }: NotebookPanel, call: () => void): void {
  sessionContext.kernelChanged.connect(call);
  sessionContext.statusChanged.connect((_, status) => {
    if (status === "restarting" || status === "autorestarting") call();
  });
}
