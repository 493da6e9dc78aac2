/**
 * What a cell says that ran ahead of the cells it needs: one sentence names what is missing, a button
 * runs those cells, and the traceback is folded, since no line of the cell is wrong. A note on types
 * would say the same once more, so it is hidden.
 */
import type { CodeCell } from "@jupyterlab/cells";
import { Panel, PanelLayout, Widget } from "@lumino/widgets";
import { outputsOf } from "./lesson";

export const MISSING_CSS = `
.course-lesson .course-missing > .course-missing-line { padding: 4px 8px 0 12px; font-size: 14px; line-height: 1.5;
  box-sizing: border-box; max-width: calc(var(--course-measure) - var(--course-start));
  font-family: var(--jp-ui-font-family); color: var(--jp-ui-font-color1); }
.course-lesson .course-missing { border-left: 4px solid var(--jp-info-color1, #0072b2); }
.course-lesson .course-missing > .course-actions { padding-left: 12px; }
.course-lesson .jp-OutputArea-child:has(+ .jp-OutputArea-child) > .course-missing > .course-missing-line::after {
  content: " The figure below was drawn beforehand."; }
.course-missing > details { padding: 0 8px 4px 12px; font-family: var(--jp-ui-font-family); font-size: 13px;
  color: var(--jp-ui-font-color1); }
.course-missing > details > summary { width: fit-content; cursor: pointer; }
.course-missing > details > summary:focus-visible { outline: 2px solid var(--jp-brand-color1); outline-offset: 1px; }
`;

/** Whether an output is the kernel's note on types, by its metadata. */
const isTypeNote = (metadata: unknown): boolean =>
  (metadata as { course?: { note?: unknown } } | undefined)?.course?.note === "types";

/**
 * The sentence above the button.
 * @param isAlone no other name is missing as far as types say
 * @param isDefined the cells that define it have run since
 */
export function missingSentence(name: string, isAlone: boolean, isDefined: boolean): string {
  if (isDefined) return "The cells that this one needs have run: run it again.";
  return isAlone
    ? `This cell uses ${name}, which isn't defined yet.`
    : `This cell uses ${name} and other names that aren't defined yet.`;
}

/** Hides the notes on types among a cell's outputs. @returns whether there are any */
function hideTypeNotes(cell: CodeCell): boolean {
  const notes = outputsOf(cell).flatMap(({ metadata }, i) => (isTypeNote(metadata) ? [i] : []));
  for (const i of notes) cell.outputArea.widgets[i]?.hide();
  return notes.length > 0;
}

/**
 * Puts a sentence and buttons above an error, and folds its traceback.
 * @param output holds the traceback alone
 * @returns writes the sentence, as the notebook is now
 */
export function leadWithRemedy(
  output: Panel,
  cell: CodeCell,
  name: string,
  bar: Widget,
): (isDefined: boolean) => void {
  const sentence = new Widget();
  sentence.addClass("course-missing-line");
  const isAlone = !hideTypeNotes(cell);
  const folded = new Widget({ node: document.createElement("details") });
  const layout = new PanelLayout();
  folded.layout = layout;
  layout.addWidget(output.widgets[0]!);
  const summary = document.createElement("summary");
  summary.textContent = "Show the error";
  folded.node.prepend(summary);
  for (const widget of [sentence, bar, folded]) output.addWidget(widget);
  output.addClass("course-missing");
  return (isDefined) => {
    const says = missingSentence(name, isAlone, isDefined);
    if (sentence.node.textContent !== says) sentence.node.textContent = says;
  };
}
