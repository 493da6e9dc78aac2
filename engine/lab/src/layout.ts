/**
 * Lays out a lesson in one centered column. Text, formulas, figures and reports have one measure,
 * at most 75 letters of text, and so one left edge and one middle; only code, whose lines have up to
 * 110 characters, and messages that quote it are wider. The line above a preview is small print.
 * Until a guess, the figures that it asks for are folded, and the text that reads them is blurred,
 * also before the question has been asked. On a dark page, colored letters get lighter, since no
 * color has enough contrast on both, and drawings on white paper get inverted brightness.
 */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import type { CodeCell } from "@jupyterlab/cells";
import { INotebookTracker } from "@jupyterlab/notebook";
import { asksForGuess } from "cells/guess";
import { isCode, watchLessons } from "./lesson";
import { addSheet } from "./page";

/** The one or two cells of code after another cell, which draw what it asks for. */
const afterwards = (cell: string, next = "") =>
  `:is(${cell} + .jp-CodeCell${next}, ${cell} + .jp-CodeCell + .jp-CodeCell${next})`;
/** A question that waits for an answer, and one whose cell hasn't run. */
const ASKED = ".jp-Cell:has(.course-guess[data-open])";
const UNASKED = "[data-course-guess]:not(:has(.course-guess))";
const FOLDED = afterwards(ASKED);
const READS_ASKED = afterwards(ASKED, " + .jp-MarkdownCell");
/** A click makes a cell the active one, which says that its text is wanted. */
const READS_UNASKED = afterwards(UNASKED, " + .jp-MarkdownCell:not(.jp-mod-active)");

const CSS = `
.course-lesson { --course-column: 900px; --course-measure: 588px; --course-prompt: 64px;
  --jp-cell-prompt-width: var(--course-prompt); }
.course-lesson .jp-WindowedPanel-viewport, .course-lesson .jp-Notebook-footer {
  box-sizing: border-box; left: 0; right: 0; margin-inline: auto;
  max-width: calc(var(--course-column) + var(--course-prompt) + 4 * var(--jp-notebook-padding)); }
.course-lesson .jp-MarkdownCell .jp-RenderedHTMLCommon { font-size: 1.3em; line-height: 1.6; padding-right: 0; }
.course-lesson .jp-MarkdownCell .jp-RenderedMarkdown { max-width: var(--course-measure); }
.course-lesson .jp-OutputArea-output:not(.jp-RenderedText, :has(> .jp-RenderedText, > details > pre)) {
  max-width: calc(min(var(--course-measure), 100%) - 6px); margin-left: 6px; }
.course-lesson .jp-MarkdownCell .jp-RenderedMarkdown > :is(p, h1, h2, h3, h4, h5, h6) { text-wrap: pretty; }
.course-lesson .jp-MarkdownCell .jp-RenderedMarkdown > :is(pre, table) {
  max-width: 100%; overflow-x: auto; }
.course-lesson .jp-MarkdownCell .jp-RenderedMarkdown > table { display: block; width: fit-content; margin-left: 0; }
.course-lesson .jp-RenderedMarkdown th:not([align], [style*="text-align"]) { text-align: left; }
.course-lesson .jp-MarkdownCell .jp-RenderedMarkdown > p:has(> img:only-child) { text-align: center; }
.course-lesson .jp-MarkdownCell .jp-RenderedMarkdown img { max-width: 100%; }
[data-jp-theme-light="false"] .course-lesson .jp-RenderedMarkdown img[src^="data:image/svg+xml"] {
  color-scheme: dark; filter: invert(1) hue-rotate(180deg); mix-blend-mode: screen; }
.course-lesson .jp-MarkdownCell mjx-container[display="true"] { overflow-x: auto; overflow-y: hidden; max-width: 100%; }
[data-jp-theme-light="false"] .course-lesson mjx-container [style*="color"] { filter: brightness(1.7); }
.course-lesson .jp-OutputArea-output.jp-RenderedHTMLCommon > figure { margin-inline: auto; }
.course-lesson .jp-OutputArea-output.jp-RenderedHTMLCommon > figure > figcaption {
  text-align: center; font-size: var(--jp-ui-font-size1); line-height: 1.3; }
.course-lesson .jp-OutputArea-output.jp-RenderedHTMLCommon > figure > table { margin-inline: auto; }
.course-lesson [data-course-preview] .jp-OutputArea-child:first-child > .jp-RenderedMarkdown {
  font-size: var(--jp-ui-font-size0); line-height: 1.4; color: var(--jp-ui-font-color2); }
.course-lesson [data-course-preview] .jp-OutputArea-child:first-child > .jp-RenderedMarkdown > p {
  margin: 0; text-align: center; }
${FOLDED} .jp-OutputArea-output:not(.jp-RenderedText) > * {
  visibility: hidden; height: 0; min-height: 0; overflow: hidden; margin-block: 0; }
${FOLDED} .jp-OutputArea-output:not(.jp-RenderedText)::after {
  content: "Shows after your guess above."; display: block; text-align: center; font-style: italic;
  color: var(--jp-ui-font-color2); }
:is(${READS_ASKED}, ${READS_UNASKED}) .jp-RenderedMarkdown > :not(h1, h2, h3) {
  filter: blur(6px); user-select: none; }
${READS_UNASKED} .jp-RenderedMarkdown::before {
  content: "Gives away what the question above asks. Run it and guess, or click here to read on.";
  display: block; font-style: italic; color: var(--jp-ui-font-color2); }
@media (max-width: 700px) {
  .course-lesson { --course-prompt: 12px; --jp-notebook-padding: 4px; }
  .course-lesson .jp-InputPrompt, .course-lesson .jp-OutputPrompt { display: none; }
  .course-lesson .jp-OutputArea-child { padding-left: 0; }
  .Toastify__toast-container { width: auto; left: auto; right: 0; max-width: 280px; font-size: 12px; }
  #jp-main-statusbar { display: none; }
}
`;

/** Marks a cell while its code asks for a guess. */
function watchGuess(cell: CodeCell): void {
  const { sharedModel } = cell.model;
  const mark = () =>
    cell.node.toggleAttribute("data-course-guess", asksForGuess(sharedModel.getSource()));
  sharedModel.changed.connect(mark);
  mark();
}

/** Marks a cell while it shows a preview, which begins with a line that says so. */
function watchPreview(cell: CodeCell): void {
  const { outputs } = cell.model;
  const mark = () => {
    const { preview } = (outputs.get(0)?.metadata.course ?? {}) as { preview?: unknown };
    cell.node.toggleAttribute("data-course-preview", preview === true);
  };
  outputs.changed.connect(mark);
  mark();
}

export const layout: JupyterFrontEndPlugin<void> = {
  id: "foundation-models-lab:layout",
  description: "Lays out the course's notebooks for reading",
  autoStart: true,
  requires: [INotebookTracker],
  activate: (_: JupyterFrontEnd, tracker: INotebookTracker): void => {
    addSheet("course-layout-style", CSS);
    watchLessons(tracker, (cell) => {
      if (!isCode(cell)) return;
      watchGuess(cell);
      watchPreview(cell);
    });
  },
};
