/**
 * Lays out a lesson in one centered column. Everything begins at one left edge. Text, tables,
 * formulas, figures and reports end at one measure, about 80 letters of text; only code, whose lines
 * have 100 characters, messages that quote it, long formulas, and figures of three panels side
 * by side go on to the column's edge. What a reader is asked to do stands on cards (`cards.ts`), and
 * JupyterLab's own parts are quiet (`chrome.ts`). Formulas have the size of the text's
 * capitals, since MathJax makes them larger, and keep the punctuation beside them. Text stands as far
 * below code and figures as above. Code in a text has a ground and a rule on its left, unlike cells
 * that run. Hints have a border, as controls have.
 * Until a guess, the figures that it asks for and the text that reads them are folded, also before the
 * question has been asked. Bars of progress have a gray track, since a browser's own
 * one is white on a dark page, as if it were full. On a dark page, colored letters get lighter, since no
 * color has enough contrast on both, and drawings on white paper get inverted brightness.
 */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import type { CodeCell } from "@jupyterlab/cells";
import { INotebookTracker, type NotebookPanel } from "@jupyterlab/notebook";
import { answeredQuestions, asksForGuess, furtherTexts } from "cells/guess";
import { fillCaption, joinUnits, wrapLongWords } from "views";
import { CARDS_CSS, markTask, markWritten } from "./cards";
import { CHROME_CSS } from "./chrome";
import { setDrawings } from "./drawings";
import { ANSWER_MARK, cellMetadata, isCode, watchLessons } from "./lesson";
import { addSheet } from "./page";
import { PREVIEW_CSS, watchPreview } from "./preview";

/** So many cells in a row at most give away what a guess asks for. */
const MAX_ANSWERS = 8;
const ANSWER = `[${ANSWER_MARK}]`;
/** The cells after a question that give its answer away. */
const answersTo = (question: string) => {
  const runs = Array.from(
    { length: MAX_ANSWERS },
    (_, i) => question + ` + ${ANSWER}`.repeat(i + 1),
  );
  return `:is(${runs.join(", ")})`;
};
/** Text of an answer after the first one of its question: the first says that the answer follows. */
const MORE_MARK = "data-course-answer-more";
/** A question that waits for an answer, and one whose cell hasn't run. */
const ASKED = ".jp-Cell:has(.jp-OutputArea-child .course-guess[data-open])";
const UNASKED = "[data-course-guess]:not(:has(.jp-OutputArea-child .course-guess))";
/** Also while the question's cell runs again. */
const FOLDED = `:is(${answersTo(ASKED)}, ${answersTo(UNASKED)}).jp-CodeCell`;
const READS_ASKED = `${answersTo(ASKED)}.jp-MarkdownCell`;
/** A click makes a cell the active one, which says that its text is wanted. */
const UNREAD = `:not(.jp-mod-active, ${ANSWER}.jp-mod-active ~ [${MORE_MARK}])`;
const READS_UNASKED = `${answersTo(UNASKED)}.jp-MarkdownCell${UNREAD}`;

/** Pieces of text in a figure that was drawn beforehand as HTML: by their color in a light theme. */
const PRINTED_PIECE = '.jp-OutputArea-output span[style*="rgba(213, 94, 0, 0.12)"]';
const PRINTED_ODD_PIECE = '.jp-OutputArea-output span[style*="rgba(0, 114, 178, 0.12)"]';

const CSS = `
.course-lesson { --course-column: 880px; --course-measure: 674px; --course-start: 6px; --course-prompt: 64px;
  --course-math: 110%; --jp-code-font-size: 14px; --jp-code-line-height: 1.4;
  --jp-cell-prompt-width: var(--course-prompt);
  --course-page: min(100%, var(--course-column) + var(--course-prompt) + 4 * var(--jp-notebook-padding)); }
.course-lesson .jp-WindowedPanel-outer { --jp-notebook-scroll-padding: 25%; } /* no empty screen at the end */
.course-lesson .jp-WindowedPanel-viewport {
  box-sizing: border-box; left: 0; right: 0; margin-inline: auto; max-width: var(--course-page); }
.course-lesson .jp-Notebook-footer {
  --course-edge: calc(var(--jp-cell-padding) + var(--jp-notebook-padding));
  --course-indent: calc(var(--course-edge) + var(--course-prompt) + var(--jp-cell-collapser-width));
  box-sizing: border-box; width: calc(var(--course-page) - var(--course-indent) - var(--course-edge));
  margin-left: calc((100% - var(--course-page)) / 2 + var(--course-indent)); }
.course-lesson .jp-MarkdownCell .jp-RenderedHTMLCommon { font-size: 1.35em; line-height: 1.6; padding-right: 0; }
.course-lesson .jp-MarkdownCell .jp-RenderedMarkdown > h1:first-child + p + p:last-child { /* its time and points */
  font-size: 14px; color: var(--course-quiet); }
.course-lesson .jp-MarkdownCell .jp-RenderedMarkdown { max-width: var(--course-measure); overflow: visible; }
.course-lesson .jp-MarkdownCell .jp-InputArea { container-type: inline-size; }
.course-lesson .jp-mod-active .jp-MarkdownOutput { border-color: transparent; }
.course-lesson .jp-OutputArea-output pre { word-break: normal; overflow-wrap: anywhere; }
.course-lesson .jp-OutputArea-output progress { appearance: none; height: 8px; border: 0; border-radius: 4px;
  overflow: hidden; background: var(--jp-layout-color3); vertical-align: middle; --course-done: var(--jp-brand-color1); }
.course-lesson .jp-OutputArea-output td > progress { --course-done: var(--course-green); }
.course-lesson .jp-OutputArea-output progress::-webkit-progress-bar { background: var(--jp-layout-color3); }
.course-lesson .jp-OutputArea-output progress::-webkit-progress-value { background: var(--course-done); }
.course-lesson .jp-OutputArea-output progress::-moz-progress-bar { background: var(--course-done); }
.course-lesson .jp-OutputArea-output progress[value="0"] { border-radius: 0; /* an empty one is a line */
  background: linear-gradient(var(--course-empty) 0 0) center / 100% 2px no-repeat; }
.course-lesson .jp-OutputArea-output progress[value="0"]::-webkit-progress-bar { background: none; }
.course-lesson .jp-OutputArea-output:not(.jp-RenderedText, :has(> .jp-RenderedText, > details > :is(pre, .jp-RenderedText))) {
  max-width: calc(min(var(--course-measure), 100%) - var(--course-start)); margin-left: var(--course-start); }
.course-lesson .jp-OutputArea-output.course-wide:not(.jp-RenderedText) {
  max-width: calc(100% - var(--course-start)); }
.course-lesson .jp-OutputArea-output:has(> figure > table, .course-table):not(:has(.course-control), .jp-RenderedText) {
  max-width: calc(100% - var(--course-start)); } /* a table is as wide as its columns need */
.course-lesson .jp-OutputArea-output figcaption { box-sizing: border-box; /* the rest of the line stays empty */
  padding-right: max(0px, 100% - var(--course-measure) + var(--course-start)); }
.course-lesson .jp-CodeCell + .jp-MarkdownCell { padding-top: calc(var(--jp-cell-padding) + 8px); }
.course-lesson :is(.course-error, [data-mime-type="application/vnd.jupyter.stderr"]:not(.course-error > *)) { margin-left: var(--course-start); }
.course-lesson .jp-InputArea-editor { margin-left: var(--course-start); }
.course-lesson .jp-RenderedHTMLCommon :not(pre) > code { font-size: 0.9em; border-radius: 3px; box-decoration-break: clone;
  background: color-mix(in srgb, currentcolor var(--course-chip), transparent); }
.course-lesson .jp-OutputArea-output.course-figure { min-width: 0; overflow: visible; }
.course-lesson .jp-MarkdownCell .jp-RenderedMarkdown :is(p, li, h1, h2, h3, h4, h5, h6),
.course-lesson .jp-OutputArea-output p { text-wrap: pretty; }
.course-lesson .jp-RenderedMarkdown :is(h1, h2, h3) { line-height: 1.25; font-weight: 600; }
.course-lesson .jp-RenderedMarkdown h1 { font-size: 2.2em; }
.course-lesson .jp-RenderedMarkdown h2 { font-size: 1.5em; }
.course-lesson .jp-RenderedMarkdown h3 { font-size: 1.15em; }
.course-lesson :is(.jp-RenderedMarkdown, .jp-OutputArea-output) table { font-size: 14px; line-height: 1.45; }
.course-lesson .jp-MarkdownCell .jp-RenderedMarkdown > table { max-width: 100%; overflow-x: auto; }
.course-lesson .jp-MarkdownCell .jp-RenderedMarkdown > pre { margin-inline: 0; width: max-content; overflow-x: auto;
  max-width: calc(100cqw - var(--course-prompt) - 8px); }
.course-lesson .jp-MarkdownCell .jp-RenderedMarkdown > table { display: block; width: fit-content; margin-left: 0; }
.course-lesson .jp-RenderedMarkdown th:not([align], [style*="text-align"]) { text-align: left; }
.course-lesson .jp-MarkdownCell .jp-RenderedMarkdown > p:has(> img:only-child) { text-align: center;
  width: min(var(--course-measure) - var(--course-start), 100cqw - var(--course-prompt) - 8px); }
.course-lesson .jp-MarkdownCell .jp-RenderedMarkdown img { max-width: 100%; }
[data-jp-theme-light="false"] .course-lesson .jp-RenderedMarkdown img[src^="data:image/svg+xml"] {
  color-scheme: dark; filter: invert(0.9333) hue-rotate(180deg); mix-blend-mode: lighten; } /* white turns into the page's #111 */
.course-lesson .jp-MarkdownCell mjx-container[display="true"] { overflow-x: auto; overflow-y: hidden;
  padding-block: 0.3em; margin-block: 0.7em; width: max-content;
  min-width: min(var(--course-measure) - var(--course-start), 100cqw - var(--course-prompt) - 8px);
  max-width: calc(100cqw - var(--course-prompt) - 8px); }
.course-lesson .jp-RenderedMarkdown pre, .course-lesson .jp-RenderedMarkdown pre code { font-size: var(--jp-code-font-size); line-height: var(--jp-code-line-height); }
.course-lesson .jp-MarkdownCell .jp-RenderedMarkdown pre { box-sizing: border-box; padding: 6px 14px 6px 11px;
  border-left: 3px solid color-mix(in srgb, currentcolor 30%, transparent); border-radius: 0 4px 4px 0;
  background: color-mix(in srgb, currentcolor 5%, transparent); }
.course-lesson .jp-MarkdownCell .jp-RenderedMarkdown pre code { background: transparent; }
.course-lesson .jp-MarkdownCell .jp-RenderedMarkdown details > pre { margin: 6px 0 10px; overflow-x: auto; }
.course-lesson .jp-MarkdownCell summary { box-sizing: border-box; width: fit-content; padding: 2px 12px 2px 10px; margin: 6px 0;
  list-style-position: inside; font-size: 14px; line-height: 1.5; cursor: pointer; }
.course-lesson .jp-MarkdownCell summary { border: 1px solid var(--course-control); border-radius: 4px; }
.course-lesson .jp-MarkdownCell summary:hover { background: color-mix(in srgb, currentcolor 8%, transparent); }
.course-lesson .jp-MarkdownCell summary:focus-visible { outline: 2px solid var(--jp-brand-color1); outline-offset: 1px; }
.course-lesson mjx-container { font-size: var(--course-math) !important; }
.course-lesson mjx-assistive-mml { max-width: 100%; } /* what only a screen reader reads is wider */
.course-joined, .course-lesson .jp-RenderedHTMLCommon :not(pre) > code.course-joined { white-space: nowrap; }
@media (min-width: 701px) { .course-lesson .jp-MarkdownCell li > code { white-space: nowrap; } } /* a signature is whole */
.course-lesson :is(h1, h2, h3, h4):not(:hover) > .jp-InternalAnchorLink:not(:focus-visible) { opacity: 0; }
.course-lesson .jp-RenderedMarkdown > details + p { margin-top: 0.8em; }
.course-lesson .cm-editor .cm-lineNumbers .cm-gutterElement { min-width: calc(2ch + 8px); } /* one edge for code of any length */
.course-lesson .cm-editor :is(.cm-gutters, .cm-gutter) { background: transparent !important; border-color: transparent !important; }
[data-jp-theme-light="false"] .course-lesson mjx-container [style*="color"] { filter: brightness(1.7); }
[data-jp-theme-light="false"] .course-lesson ${PRINTED_PIECE} { background: #3d4147 !important; }
[data-jp-theme-light="false"] .course-lesson ${PRINTED_ODD_PIECE} { background: #1f5478 !important; }
.course-lesson .jp-OutputArea-output.jp-RenderedHTMLCommon > figure { margin-inline: auto; }
.course-lesson .jp-OutputArea-output.jp-RenderedHTMLCommon > figure > figcaption {
  text-align: left; text-wrap: pretty; line-height: 1.3; }
.course-lesson .jp-OutputArea-output figcaption { font-size: 15px; }
.course-lesson .jp-OutputArea-output.jp-RenderedHTMLCommon > figure > table { margin-inline: 0; }
.course-lesson .jp-OutputArea-output.jp-RenderedHTMLCommon { padding-right: 0; }
${FOLDED} .jp-OutputArea-output:not(.jp-RenderedText) > * {
  visibility: hidden; height: 0; min-height: 0; overflow: hidden; margin-block: 0; }
${FOLDED} .jp-OutputArea-output:not(.jp-RenderedText)::after {
  content: "Shows after your guess above."; display: block; text-align: center; font-style: italic;
  color: var(--course-quiet); }
:is(${READS_ASKED}, ${READS_UNASKED}) .jp-RenderedMarkdown > :not(h1, h2, h3) { display: none; }
:is(${READS_ASKED}, ${READS_UNASKED}) .jp-RenderedMarkdown::before {
  content: "The answer follows your guess above."; display: block; font-style: italic; color: var(--course-quiet); }
${READS_UNASKED} .jp-RenderedMarkdown::before {
  content: "The answer to the question above. Guess first, or click here to read it."; }
:is(${READS_ASKED}, ${READS_UNASKED})[${MORE_MARK}] .jp-RenderedMarkdown::before { display: none; }
@media (max-width: 700px) {
  .course-lesson { --course-prompt: 12px; --jp-notebook-padding: 4px; }
  .course-lesson .jp-InputPrompt, .course-lesson .jp-OutputPrompt { display: none; }
  .course-lesson .jp-OutputArea-child { padding-left: 0; }
  .Toastify__toast-container { width: auto; left: auto; right: 0; max-width: 280px; font-size: 12px; }
}
`;

/** Marks the cells that ask for a guess, and those that give its answer away. */
function markGuesses({ content }: NotebookPanel): void {
  const cells = content.widgets.map((cell) => ({
    isCode: isCode(cell),
    source: cell.model.sharedModel.getSource(),
  }));
  const questions = answeredQuestions(cells);
  const more = furtherTexts(cells, questions);
  content.widgets.forEach(({ node }, i) => {
    const { isCode, source } = cells[i]!;
    node.toggleAttribute("data-course-guess", isCode && asksForGuess(source));
    node.toggleAttribute(ANSWER_MARK, questions[i] !== undefined);
    node.toggleAttribute(MORE_MARK, more.has(i));
  });
}

/** Marks them again whenever cells or their texts change; at once, and each time only once. */
function watchGuesses(panel: NotebookPanel): void {
  let waits = false;
  const later = () => {
    if (waits) return;
    waits = true;
    queueMicrotask(() => {
      waits = false;
      if (!panel.isDisposed) markGuesses(panel);
    });
  };
  panel.content.modelContentChanged.connect(later);
  later();
}

/** Marks a code cell that hasn't run: it has no number, and needs no empty place for one. */
function watchRuns({ model, node }: CodeCell): void {
  const mark = () => {
    const { executionCount, executionState } = model;
    node.toggleAttribute("data-course-unrun", executionCount === null && executionState === "idle");
  };
  model.stateChanged.connect(mark);
  mark();
}

const JOINED = "course-joined";
/** What stays on the line of the formula before it, and after it. */
const CLOSES = /^[\u00a0.,;:!?)\]’”][^ \n]*/;
const OPENS = /[^ \n]*[\u00a0([‘“]$/;

/** Keeps a formula and the punctuation beside it on one line; a browser may break between them. */
function joinPunctuation(formula: Element): void {
  const { previousSibling: before, nextSibling: after, parentElement } = formula;
  if (formula.hasAttribute("display") || parentElement?.className === JOINED) return;
  const closes = after instanceof Text && CLOSES.exec(after.data)?.[0];
  const opens = before instanceof Text && OPENS.exec(before.data)?.[0];
  if (!closes && !opens) return;
  const joined = document.createElement("span");
  joined.className = JOINED;
  formula.replaceWith(joined);
  joined.append(opens || "", formula, closes || "");
  if (opens) (before as Text).deleteData((before as Text).length - opens.length, opens.length);
  if (closes) (after as Text).deleteData(0, closes.length);
}

/** So many characters of code in a text stay on one line. */
const MAX_JOINED = 28;

function joinCode(root: HTMLElement): void {
  for (const code of root.querySelectorAll("code")) {
    const isShort = (code.textContent?.length ?? 0) <= MAX_JOINED && !code.closest("pre");
    if (isShort) code.classList.add(JOINED);
  }
}

/** Keeps the numbers of a text on one line with their units. */
function joinNumbers(root: Node): void {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode as Text;
    const joined = joinUnits(text.data);
    if (joined !== text.data && !text.parentElement?.closest("pre, code")) text.data = joined;
  }
}

const HTML_FIGURE = ".jp-RenderedHTML > figure";

/**
 * Gives figures that are HTML, such as tables, the captions, numbers and long words that views have.
 * In a notebook that hasn't been run, JupyterLab drops the styles by which cells would wrap.
 */
function layOutFigures(root: HTMLElement): void {
  for (const title of root.querySelectorAll(`${HTML_FIGURE} > figcaption > strong:only-child`)) {
    const caption = title.parentElement!;
    caption.style.fontWeight = "600";
    fillCaption(caption, title.textContent);
  }
  for (const table of root.querySelectorAll(`${HTML_FIGURE} > table`)) {
    joinNumbers(table);
    wrapLongWords(table.querySelectorAll("td"));
  }
}

/**
 * Keeps punctuation and formulas of a notebook together as soon as formulas are drawn, and short
 * code, numbers and units as soon as a text is.
 */
function watchFormulas({ content }: NotebookPanel): void {
  const observer = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) {
        if (!(node instanceof HTMLElement)) continue;
        if (node.matches(".jp-RenderedMarkdown, .jp-RenderedMarkdown *")) {
          joinNumbers(node);
          joinCode(node);
          setDrawings(node);
        }
        layOutFigures(node.closest<HTMLElement>(".jp-RenderedHTML") ?? node);
        const inside = node.matches("mjx-container")
          ? [node]
          : node.querySelectorAll("mjx-container");
        inside.forEach(joinPunctuation);
      }
    }
  });
  observer.observe(content.node, { childList: true, subtree: true });
  content.disposed.connect(() => observer.disconnect());
}

export const layout: JupyterFrontEndPlugin<void> = {
  id: "foundation-models-lab:layout",
  description: "Lays out the course's notebooks for reading",
  autoStart: true,
  requires: [INotebookTracker],
  activate: (_: JupyterFrontEnd, tracker: INotebookTracker): void => {
    addSheet("course-layout-style", CHROME_CSS + CSS + PREVIEW_CSS + CARDS_CSS);
    // guesses may stand in any notebook, the rest belongs to lessons
    const begin = (panel: NotebookPanel) =>
      void panel.context.ready.then(() => !panel.isDisposed && watchGuesses(panel));
    tracker.widgetAdded.connect((_, panel) => begin(panel));
    tracker.forEach(begin);
    const watched = new WeakSet<NotebookPanel>();
    watchLessons(tracker, (cell, panel) => {
      if (!watched.has(panel)) {
        watched.add(panel);
        watchFormulas(panel);
      }
      if (isCode(cell)) {
        watchPreview(cell);
        watchRuns(cell);
      }
      const { role } = cellMetadata(cell);
      if (role === "exercise") markTask(panel, cell);
      if (role === "check") cell.node.setAttribute("data-course-check", "");
      if (role === "written") markWritten(panel, cell);
    });
  },
};
