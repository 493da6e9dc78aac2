/**
 * Lays out a lesson in one centered column. Text, formulas, figures and reports have one measure,
 * at most 75 letters of text, and so one left edge and one middle; only code, whose lines have up to
 * 110 characters, and messages that quote it are wider. On a dark page, colored letters get lighter,
 * since no color has enough contrast on both, and drawings on white paper get inverted brightness.
 */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { addSheet } from "./page";

const CSS = `
.course-lesson { --course-column: 900px; --course-measure: 588px; --course-prompt: 64px;
  --jp-cell-prompt-width: var(--course-prompt); }
.course-lesson .jp-WindowedPanel-viewport, .course-lesson .jp-Notebook-footer {
  box-sizing: border-box; left: 0; right: 0; margin-inline: auto;
  max-width: calc(var(--course-column) + var(--course-prompt) + 4 * var(--jp-notebook-padding)); }
.course-lesson .jp-MarkdownCell .jp-RenderedHTMLCommon { font-size: 1.3em; line-height: 1.6; padding-right: 0; }
.course-lesson .jp-MarkdownCell .jp-RenderedMarkdown { max-width: var(--course-measure); }
.course-lesson .jp-OutputArea-output:not(.jp-RenderedText, :has(> .jp-RenderedText, > details > pre)) { max-width: var(--course-measure); }
.course-lesson .jp-MarkdownCell .jp-RenderedMarkdown > :is(p, h1, h2, h3, h4, h5, h6) { text-wrap: pretty; }
.course-lesson .jp-MarkdownCell .jp-RenderedMarkdown > :is(pre, table) {
  max-width: 100%; overflow-x: auto; }
.course-lesson .jp-MarkdownCell .jp-RenderedMarkdown > table { display: block; width: fit-content; margin-left: 0; }
.course-lesson .jp-MarkdownCell .jp-RenderedMarkdown > p:has(> img:only-child) { text-align: center; }
.course-lesson .jp-MarkdownCell .jp-RenderedMarkdown img { max-width: 100%; }
[data-jp-theme-light="false"] .course-lesson .jp-RenderedMarkdown img[src^="data:image/svg+xml"] {
  color-scheme: dark; filter: invert(1) hue-rotate(180deg); mix-blend-mode: screen; }
.course-lesson .jp-MarkdownCell mjx-container[display="true"] { overflow-x: auto; overflow-y: hidden; max-width: 100%; }
[data-jp-theme-light="false"] .course-lesson mjx-container [style*="color"] { filter: brightness(1.7); }
.course-lesson .jp-OutputArea-output.jp-RenderedHTMLCommon > figure { margin-inline: auto; }
@media (max-width: 700px) {
  .course-lesson { --course-prompt: 12px; --jp-notebook-padding: 4px; }
  .course-lesson .jp-InputPrompt, .course-lesson .jp-OutputPrompt { display: none; }
  .Toastify__toast-container { width: auto; left: auto; right: 0; max-width: 280px; font-size: 12px; }
  #jp-main-statusbar { display: none; }
}
`;

export const layout: JupyterFrontEndPlugin<void> = {
  id: "foundation-models-lab:layout",
  description: "Lays out the course's notebooks for reading",
  autoStart: true,
  activate: (_: JupyterFrontEnd): void => addSheet("course-layout-style", CSS),
};
