/**
 * Goes on with the course's version of functions that the student hasn't written. The choice holds for
 * a lesson and is kept in its notebook: whenever a cell that still holds a stub runs, the kernel
 * imports the course's function right after it, and a note in the cell's output says so. The cell's
 * source stays the student's, so the grader sees an unwritten exercise.
 */
import type { CodeCell } from "@jupyterlab/cells";
import type { INotebookModel, Notebook, NotebookPanel } from "@jupyterlab/notebook";
import { cellMetadata, isCode } from "./lesson";
import { courseVersionCode, isStub } from "./notebookData";

type Session = NotebookPanel["sessionContext"];

/** The notebook's metadata that holds the choice. */
const CHOICE = "course-versions";

export const usesCourseVersions = (model: Pick<INotebookModel, "getMetadata">): boolean =>
  model.getMetadata(CHOICE) === true;

export function setCourseVersions(model: INotebookModel, isOn: boolean): void {
  if (isOn) model.setMetadata(CHOICE, true);
  else model.deleteMetadata(CHOICE);
}

/** The name of the exercise that a cell leaves unwritten; undefined for all other cells. */
export function unwrittenName(cell: CodeCell): string | undefined {
  const { role, name } = cellMetadata(cell);
  const isUnwritten = role === "exercise" && isStub(cell.model.sharedModel.getSource(), name);
  return isUnwritten ? name : undefined;
}

/** The cells of unwritten exercises among the first `count` cells of a notebook. */
export const unwrittenCells = ({ widgets }: Notebook, count = widgets.length): CodeCell[] =>
  widgets
    .slice(0, count)
    .filter(isCode)
    .filter((cell) => unwrittenName(cell) !== undefined);

const noteOf = (name: string) =>
  `**Not written yet, so the lesson uses the course's \`${name}\`.** It doesn't count as yours: ` +
  "write your own in this cell and run it.";

/** Puts the note into the cell's output, once. */
function addNote({ model: { outputs } }: CodeCell, name: string): void {
  const note = noteOf(name);
  for (let i = 0; i < outputs.length; i++) {
    if (outputs.get(i).data["text/plain"] === note) return;
  }
  outputs.add({
    output_type: "display_data",
    metadata: {},
    data: { "text/markdown": note, "text/plain": note },
  });
}

/**
 * Goes on with the course's version of functions, now and whenever a stub runs later.
 * @param stubs cells of exercises that aren't written
 * @returns whether the kernel has imported all of them
 */
export async function goOnWithCourse(
  { content, sessionContext }: NotebookPanel,
  stubs: CodeCell[],
): Promise<boolean> {
  if (content.model) setCourseVersions(content.model, true);
  const imports = stubs.map((stub) =>
    importCourseVersion(stub, unwrittenName(stub)!, sessionContext),
  );
  return (await Promise.all(imports)).every(Boolean);
}

/**
 * Imports the course's version of a function. The request is sent at once, so that the kernel handles
 * it ahead of requests for later cells, as when all cells run.
 * @param stub settles when the run of the cell with the stub has ended, which clears its outputs
 * @returns whether the kernel has imported it
 */
export async function importCourseVersion(
  cell: CodeCell,
  name: string,
  session: Session,
  stub: Promise<unknown> = Promise.resolve(),
): Promise<boolean> {
  const kernel = session.session?.kernel;
  if (!kernel) return false;
  const code = courseVersionCode(name);
  const future = kernel.requestExecute({ code, store_history: false, stop_on_error: false });
  const { content } = await future.done;
  await stub;
  if (content.status !== "ok" || cell.isDisposed) return false;
  addNote(cell, name);
  return true;
}
