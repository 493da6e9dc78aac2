/**
 * What a reader is asked to do has one look: a card with a thin edge and a tint of the accent, as much
 * on a light page as on a dark one. An exercise's text, the cell to write it in and the cell that checks
 * it are one card, and so are a marked question and the place of its answer. A question that asks for a
 * guess is a card with a button. All have the edges of code, and the text in them ends where the text around them does.
 */
import { MarkdownCell, type Cell } from "@jupyterlab/cells";
import type { NotebookPanel } from "@jupyterlab/notebook";

/** The parts of cards: an exercise's text, a marked question, its answer, and questions for a guess. */
const TASK = "[data-course-task]";
const CHECK = "[data-course-check]";
const QUESTION = "[data-course-question]";
const WRITTEN = "[data-course-written]";
const TEXTS = `:is(${TASK}, ${QUESTION}, ${WRITTEN}) .jp-RenderedMarkdown`;
/** A question for a guess, before its cell has run and after. */
const UNASKED =
  "[data-course-guess][data-course-fold]:not(:has(.course-guess)) .jp-Placeholder-content";
const ASKED = "[data-course-guess] .jp-OutputArea-output.course-figure:has(.course-guess)";

/** The cell of an exercise that its check continues: nothing printed stands between. */
const CHECKED = `${TASK} + .jp-CodeCell:not(:has(.jp-OutputArea-child))`;

const LOOK = `box-sizing: border-box; border: 1px solid var(--course-card-edge); border-radius: 6px;
  background: color-mix(in srgb, var(--jp-brand-color1) var(--course-card-tint), transparent);`;
/** Between the parts of a card. */
export const SEAM = "color-mix(in srgb, var(--course-card-edge) 45%, transparent)";

export const CARDS_CSS = `
.course-lesson { --course-card-pad: 15px; --course-card-left: var(--course-start);
  /* a folded line begins where its bar does */
  --course-fold-start: calc(var(--course-start) + var(--jp-cell-collapser-width));
  --course-card-measure: calc(var(--course-measure) - var(--course-start) - var(--course-card-pad) - 1px); }
.course-lesson ${TEXTS} { ${LOOK} margin-left: var(--course-card-left);
  padding: 10px var(--course-card-pad); max-width: none; }
.course-lesson ${TEXTS} > * { box-sizing: border-box; max-width: var(--course-card-measure); }
.course-lesson ${TEXTS} > :is(mjx-container, pre, table, details) { max-width: 100%; }
.course-lesson ${TEXTS} > mjx-container[display="true"] { min-width: 0; }
.course-lesson ${TASK} .jp-RenderedMarkdown > details { display: inline-block; vertical-align: top;
  margin-right: 6px; }
.course-lesson ${TASK} .jp-RenderedMarkdown > details[open] { display: block; margin-right: 0; }
.course-lesson ${TASK} details[open] > :is(p, ul, ol) { max-width: var(--course-card-measure); }
.course-lesson ${TASK} .jp-RenderedMarkdown > details > summary {
  padding: 2px 8px 2px 6px; margin: 4px 0; }
.course-lesson ${TEXTS} > :last-child { margin-bottom: 0; }
.course-lesson ${TEXTS} > :is(h2, h3) { font-size: 1.08em; }
.course-lesson ${TEXTS} > :is(h2, h3):first-child { margin-top: 4px; }
.course-lesson ${TEXTS} > :is(h2, h3):first-child + p {
  font-size: 14px; margin-top: 0; color: var(--jp-content-font-color1); }

.course-lesson :is(${TASK}, ${QUESTION}) { padding-bottom: 0; }
.course-lesson :is(${TASK}, ${QUESTION}) .jp-RenderedMarkdown { border-bottom: 0; border-radius: 6px 6px 0 0; }
.course-lesson ${TASK} + .jp-CodeCell, .course-lesson ${WRITTEN}.jp-MarkdownCell { padding-top: 0; }
.course-lesson ${TASK} + .jp-CodeCell .jp-InputArea-editor { margin-left: var(--course-card-left);
  border-color: ${SEAM} var(--course-card-edge) var(--course-card-edge); border-radius: 0 0 6px 6px; }
.course-lesson ${CHECKED}:has(+ ${CHECK}) { padding-bottom: 0; }
.course-lesson ${CHECKED}:has(+ ${CHECK}) .jp-InputArea-editor { border-bottom: 0; border-radius: 0; }
.course-lesson ${CHECKED} + ${CHECK} { padding-top: 0; }
.course-lesson ${CHECKED} + ${CHECK} .jp-InputArea-editor { margin-left: var(--course-card-left);
  border-color: ${SEAM} var(--course-card-edge) var(--course-card-edge); border-radius: 0 0 6px 6px; }
.course-lesson ${WRITTEN} .jp-RenderedMarkdown { min-height: 96px; cursor: text;
  border-top-color: ${SEAM}; border-radius: 0 0 6px 6px; background: var(--jp-layout-color0); }
.course-lesson ${WRITTEN} .jp-RenderedMarkdown:hover { background: var(--jp-layout-color1); }
.course-lesson [data-course-unwritten] .jp-RenderedMarkdown { color: var(--course-quiet); }

.course-lesson .jp-CodeCell[data-course-guess][data-course-fold]:not(:has(.course-guess)) .jp-InputPlaceholder {
  max-width: none; }
.course-lesson ${UNASKED} { ${LOOK} flex: 1 1 0; min-width: 0; margin-left: var(--course-fold-start);
  padding: 10px var(--course-card-pad) 52px; }
.course-lesson ${UNASKED} .jp-PlaceholderText::before { content: none; }
.course-lesson ${UNASKED} .jp-PlaceholderText { max-width: var(--course-card-measure); color: var(--jp-content-font-color1); font-weight: 600; }
.course-lesson ${ASKED} { ${LOOK} padding: 10px var(--course-card-pad); max-width: calc(100% - var(--course-start)) !important; }
.course-lesson ${ASKED} > * { max-width: var(--course-card-measure); margin-inline: 0; }
.course-ask { position: absolute; bottom: 12px; font: 14px var(--jp-ui-font-family); padding: 4px 14px;
  left: calc(var(--jp-cell-prompt-width) + var(--course-fold-start) + var(--course-card-pad) + 1px);
  border: 1px solid var(--course-control); border-radius: 4px; background: var(--jp-layout-color0);
  color: var(--jp-ui-font-color1); cursor: pointer; }
.course-ask:hover { background: var(--jp-layout-color2); }
.course-ask:focus-visible { outline: 2px solid var(--jp-brand-color1); outline-offset: 1px; }
.jp-InputPlaceholder:has(> .course-ask) { position: relative; }
[data-course-guess]:has(.course-guess) .course-ask { display: none; }
@media (max-width: 700px) {
  .course-lesson { --course-card-pad: 10px; --course-card-left: -10px; }
}
`;

/** What the place of an answer holds until a reader writes one. */
const UNWRITTEN = /^\*[^*\n]+\*$/;

/** Dims the words that stand in an answer's place until it is written. */
function watchAnswer({ model, node }: Cell): void {
  const mark = () =>
    node.toggleAttribute(
      "data-course-unwritten",
      UNWRITTEN.test(model.sharedModel.getSource().trim()),
    );
  model.contentChanged.connect(mark);
  mark();
}

/**
 * Marks the text above an exercise's cell. Where its notebook locks it, a double click or Enter
 * leaves it rendered: its source would show all hints.
 */
export function markTask({ content: { widgets } }: NotebookPanel, exercise: Cell): void {
  const above = widgets[widgets.indexOf(exercise) - 1];
  if (!(above instanceof MarkdownCell)) return;
  above.node.setAttribute("data-course-task", "");
  above.showEditorForReadOnly = false;
}

/** Marks the place of a written answer and the question above it. */
export function markWritten({ content: { widgets } }: NotebookPanel, answer: Cell): void {
  answer.node.setAttribute("data-course-written", "");
  const above = widgets[widgets.indexOf(answer) - 1];
  if (above instanceof MarkdownCell) above.node.setAttribute("data-course-question", "");
  watchAnswer(answer);
}
