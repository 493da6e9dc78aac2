/** The actions of a check's buttons. */
import { Dialog, showDialog } from "@jupyterlab/apputils";
import type { CodeCell } from "@jupyterlab/cells";
import { NotebookActions, type INotebookTracker, type NotebookPanel } from "@jupyterlab/notebook";
import { foldLines } from "./foldLines";
import { focusCell } from "./keyboard";
import { isCode, cellMetadata } from "./lesson";
import { markNewLines } from "./newLines";
import { courseVersionCode, editOf, solutionCode, type Range } from "./notebookData";

/** The report whose button was pressed. */
export interface ReportContext {
  tracker: INotebookTracker;
  /** The report's element. */
  reportElement: HTMLElement;
  name: string;
  /** Shows the reader the state of the action, below the buttons. */
  showStatus(text: string): void;
}

interface Exercise {
  panel: NotebookPanel;
  /** The cell that defines the exercise's function. */
  cell: CodeCell;
  /** The index of the cell with the report. */
  at: number;
}

/**
 * Finds the exercise's cell in the notebook that shows the report; shows a status if there is none.
 */
function exerciseOf({
  tracker,
  reportElement: inside,
  name,
  showStatus: say,
}: ReportContext): Exercise | undefined {
  const panel = tracker.find((candidate) => candidate.node.contains(inside));
  const cells = panel?.content.widgets ?? [];
  const at = cells.findIndex((cell) => cell.node.contains(inside));
  const cell = cells.find((candidate) => {
    const { role, name: answers } = cellMetadata(candidate);
    return role === "exercise" && answers === name;
  });
  if (panel && cell && isCode(cell)) return { panel, cell, at };
  say(`This notebook has no cell for the exercise ${name}.`);
  return undefined;
}

/**
 * Replaces the part of the source that differs, as one step of the cell's undo history.
 * @returns where the new text is
 */
function replaceSource(cell: CodeCell, next: string): Range {
  const { sharedModel } = cell.model;
  const { from, to, text } = editOf(sharedModel.getSource(), next);
  const { undoManager } = sharedModel as unknown as {
    undoManager: { stopCapturing(): void } | null;
  };
  undoManager?.stopCapturing(); // ends the step of what was typed before
  sharedModel.updateSource(from, to, text);
  return { from, to: from + text.length };
}

/**
 * Runs a line that shows a solution, and reads the solution from the kernel's output.
 * @throws with the kernel's message when it shows something else
 */
async function solutionBy(panel: NotebookPanel, code: string): Promise<string> {
  const kernel = panel.sessionContext.session?.kernel;
  if (!kernel) throw new Error("No kernel is running: start one in the menu Kernel.");
  const future = kernel.requestExecute({ code, silent: false, store_history: false });
  let shown: string | undefined;
  let problem: string | undefined;
  future.onIOPub = ({ header, content }) => {
    if (header.msg_type === "error") problem = String((content as { evalue?: unknown }).evalue);
    if (header.msg_type !== "display_data") return;
    const { data } = content as { data: Record<string, unknown> };
    const text = data["text/plain"];
    if (typeof text !== "string") return;
    if ("text/markdown" in data) shown = text;
    else problem = text; // a message, such as that the instructor has not published the solution
  };
  await future.done;
  if (shown === undefined) throw new Error(problem ?? "The kernel gave no solution.");
  return shown;
}

const CONFIRM_MESSAGE =
  "It takes the place of what you wrote in that cell, and the exercise counts as seen. " +
  "Edit → Undo in the cell brings yours back.";

export async function putSolution(place: ReportContext): Promise<void> {
  const exercise = exerciseOf(place);
  if (!exercise) return;
  const { panel, cell } = exercise;
  const { button } = await showDialog({
    title: `Put the course's ${place.name} into its cell?`,
    body: CONFIRM_MESSAGE,
    buttons: [Dialog.cancelButton(), Dialog.okButton({ label: "Put it there" })],
    defaultButton: 0, // Enter alone replaces nothing
  });
  if (!button.accept) return;
  place.showStatus("Waiting for the kernel …");
  try {
    const added = replaceSource(cell, await solutionBy(panel, solutionCode(place.name)));
    foldLines(cell);
    focusCell(panel, cell, "edit");
    await panel.content.scrollToItem(panel.content.activeCellIndex, "smart");
    place.showStatus("The solution is in the cell. Run the cell, then the check.");
    markNewLines(panel.content, cell, added);
  } catch (problem) {
    place.showStatus(`The solution could not be put there. ${(problem as Error).message}`);
  }
}

export async function continueWithCourseVersion(place: ReportContext): Promise<void> {
  const exercise = exerciseOf(place);
  if (!exercise) return;
  const { panel, at } = exercise;
  const { content, sessionContext } = panel;
  const source = courseVersionCode(place.name);
  const below = content.widgets[at + 1];
  if (below?.model.sharedModel.getSource() !== source) {
    content.model?.sharedModel.insertCell(at + 1, { cell_type: "code", source, metadata: {} });
  }
  content.deselectAll();
  content.activeCellIndex = at + 1;
  const ran = await NotebookActions.run(content, sessionContext);
  const next = content.widgets[ran ? at + 2 : at + 1];
  if (next) focusCell(panel, next, "command");
  place.showStatus(
    ran
      ? `From here on, the lesson uses the course's ${place.name}. Delete the new cell to undo it, then run your own cell.`
      : "The new cell below could not run yet. Start the kernel and run it.",
  );
}
