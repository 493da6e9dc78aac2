/** A lesson as a page to read: pure, but for its pictures, which are read from its folder. */
import { readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { asksForGuess } from "cells/guess";
import type { Fold } from "grader/files";
import { entryOf } from "../lesson/build.js";
import { questionsOf } from "../lesson/guesses.js";
import type {
  Cell,
  CodeCell,
  ExerciseCell,
  Lesson,
  TextCell,
  WrittenCell,
} from "../lesson/model.js";
import { durationText, plural, pointsText } from "../plural.js";
import { sizeOfSvg } from "../render/drawing.js";
import { codeBlock, escapeHtml } from "../render/markdown.js";
import { cardOf, renderOutput } from "./figure.js";
import {
  lessonNavigation,
  pageSections,
  type RenderedPage,
  renderPage,
  tableOfContents,
} from "./frame.js";
import { type Files, nameOf, numberOf, type Site, type SiteLesson } from "./model.js";
import {
  addHeading,
  anchorFor,
  newPageContext,
  type PageContext,
  type PagePicture,
  renderPhrase,
  renderText,
} from "./text.js";

export function lessonPage({ lesson, outputs }: SiteLesson, site: Site): RenderedPage {
  const files: Files = new Map();
  const file = `${lesson.id}.html`;
  const page = newPageContext(file, copyPictures(lesson, files), lesson.colors);
  const inside: LessonContext = { site, lesson, outputs, page, files };
  const body = renderCells(inside);
  const main = [
    opening(lesson, site, page),
    tableOfContents(page.headings),
    `<article>\n${body}</article>`,
    lessonNavigation(lesson),
  ];
  const title = nameOf(lesson);
  const html = renderPage(site, {
    file,
    title,
    description: lesson.question,
    main: main.join("\n"),
    kind: "lesson",
    lesson: lesson.id,
    next: lesson.next,
    card: cardOf(files),
  });
  files.set(file, html);
  return { files, sections: pageSections(title, page) };
}

/** What the cells of one page need. */
interface LessonContext {
  site: Site;
  lesson: Lesson;
  outputs: SiteLesson["outputs"];
  page: PageContext;
  files: Files;
}

/** All cells; a question that asks for a guess stands in one element with what gives it away. */
function renderCells(inside: LessonContext): string {
  const { cells } = inside.lesson;
  const questions = questionsOf(cells);
  const html: string[] = [];
  for (const [at, cell] of cells.entries()) {
    const block = renderCell(cell, inside);
    const before = cells[at - 1];
    const isFree = questions[at - 1] === undefined && questions[at] === undefined;
    if (before && isFree && foldsLike(before, cell, inside)) {
      html.push(joinFolded(html.pop()!, block, cell.id));
      continue;
    }
    const answers = questions[at] !== undefined;
    const isAnswered = questions[at + 1] === at;
    const isLast = answers && questions[at + 1] === undefined;
    html.push(
      `${isAnswered ? '<div class="asked">\n' : ""}` +
        (answers ? `<div class="answer">\n${block}</div>` : block) +
        (isLast ? "\n</div>" : ""),
    );
  }
  return html.join("\n");
}

function renderCell(cell: Cell, inside: LessonContext): string {
  const { page, site, lesson } = inside;
  switch (cell.kind) {
    case "text":
      return withLocation(cell, lesson, () => renderText(withoutQuestion(cell, lesson), page));
    case "exercise":
      return withLocation(cell, lesson, () => renderExercise(cell, page, site.solutions));
    case "written":
      return withLocation(cell, lesson, () => renderQuestion(cell, page));
    case "given":
      return cutLong(cell.code, codeBlock(cell.code, "ts", page));
    case "code":
      return renderCode(cell, inside);
  }
}

/** The first text may begin with the lesson's question, which stands above it already. */
const withoutQuestion = (cell: TextCell, { cells, question }: Lesson): string =>
  cell === cells[0] ? cell.markdown.replace(`## ${question}\n`, "") : cell.markdown;

/** What a lesson's error needs: its line. */
function withLocation(cell: Cell, { id }: Lesson, render: () => string): string {
  try {
    return render();
  } catch (error) {
    const where = `lessons-src/${id}/lesson.md:${cell.line}`;
    throw new Error(`${where}: ${(error as Error).message}`, { cause: error });
  }
}

const FOLD_SUMMARIES = {
  setup: "Show the imports",
  draws: "Show the code",
  prepares: "Show the code",
};

/** The line that opens a cell's code; undefined where the code shows. What asks is never in the way. */
function foldSummary(code: string, fold: Fold | undefined, draws: boolean): string | undefined {
  if (asksForGuess(code)) return "Show the code that asks";
  if (!fold) return undefined;
  return fold === "draws" && !draws ? FOLD_SUMMARIES.prepares : FOLD_SUMMARIES[fold];
}

/** What says something about the reader's own notebook, and nothing on a page. */
const OWN_PROGRESS = /^(await )?progress\(\);?$/;

/** Code with more lines is cut, until the reader asks for the rest. */
const MAX_LINES = 26;
const MAX_LINES_ON_PHONE = 16;

/** Code that is cut. Without a script, a box that is checked shows all of it. */
function cutLong(code: string, block: string): string {
  const lines = code.trimEnd().split("\n").length;
  if (lines <= MAX_LINES_ON_PHONE) return block;
  const kind = lines > MAX_LINES ? "long-code longer" : "long-code";
  const more = `<label class="more"><input type="checkbox"> Show all ${lines} lines</label>`;
  return `<div class="${kind}">${block}${more}</div>\n`;
}

/** Code above what it shows; code that only draws is folded, below the figure. */
function renderCode(
  { id, code, fold }: CodeCell,
  { outputs, lesson, page, files }: LessonContext,
): string {
  if (OWN_PROGRESS.test(code.trim())) return "";
  const shown = (outputs.get(id) ?? []).map((output, i) =>
    renderOutput(output, `figures/${lesson.id}/${id}-${i + 1}`, files),
  );
  const anchor = `id="cell-${escapeHtml(id)}"`;
  const block = codeBlock(code, "ts", page);
  const says = foldSummary(code, fold, shown.length > 0);
  if (says === undefined) {
    const cut = cutLong(code, block);
    return `<div class="cell" ${anchor}>\n${cut}${shown.join("")}</div>`;
  }
  const folded = `<details class="code"><summary>${says}</summary>\n${block}</details>\n`;
  return `<div class="cell" ${anchor}>\n${shown.join("")}${folded}</div>`;
}

/** Whether two cells show nothing but a line each, the same, that opens their code. */
function foldsLike(before: Cell, cell: Cell, { outputs }: LessonContext): cell is CodeCell {
  const summaryOf = (one: Cell) =>
    one.kind === "code" && !outputs.has(one.id)
      ? foldSummary(one.code, one.fold, false)
      : undefined;
  return summaryOf(cell) !== undefined && summaryOf(before) === summaryOf(cell);
}

const FOLDED = /^<div class="cell".*?<\/summary>\n(.*)<\/details>\n<\/div>$/s;
const FOLD_END = /<\/details>\n<\/div>$/;

/** One line that opens the code of both. */
function joinFolded(before: string, block: string, id: string): string {
  const [, code = block] = FOLDED.exec(block) ?? [];
  const anchored = `<div id="cell-${escapeHtml(id)}">${code}</div>`;
  return before.replace(FOLD_END, (end) => anchored + end);
}

function opening(lesson: Lesson, site: Site, page: PageContext): string {
  const { exercises, written } = entryOf(lesson);
  const hasPoints = exercises.length + written.length > 0;
  const facts = [
    `about ${durationText(lesson.minutes)}`,
    ...(exercises.length > 0 ? [plural(exercises.length, "exercise")] : []),
    ...(hasPoints ? [pointsText(exercises, written)] : []),
  ];
  const parts = lesson.components
    .map((name) => [site.course.components.indexOf(name), escapeHtml(name)])
    .map(([color, name]) => `<li data-color="${color}">${name}</li>`)
    .join("");
  const number = numberOf(lesson);
  return `<header class="opening">
${number === "" ? "" : `<p class="number">Lesson ${number}</p>`}
<h1>${renderPhrase(lesson.title, page)}</h1>
<p class="question">${renderPhrase(lesson.question, page)}</p>
<p class="facts">${facts.join(" · ")}</p>
${parts === "" ? "" : `<ul class="parts" aria-label="What it builds">${parts}</ul>`}
${lessonLinks(lesson, site)}
</header>`;
}

/** Ways to take the lesson along. */
function lessonLinks({ id, slides }: Lesson, { canRun }: Site): string {
  const run = `<a class="button" href="${runAddress(id)}">Run this lesson</a>`;
  const show = `<a class="button" href="slides/${id}.html">Slides</a>`;
  const print = '<button class="button" type="button" data-print hidden>Print</button>';
  return `<p class="ways">${canRun ? run : ""}${slides.length > 0 ? show : ""}${print}</p>`;
}

/**
 * Where a lesson's notebook runs, as it stands in HTML: in a workspace of its own, so that no tab
 * opens what another one shows.
 */
export const runAddress = (id: string): string =>
  escapeHtml(`run/lab/index.html?path=${id}.ipynb&workspace=${id}`);

/** The pictures of the lesson's texts, as files of the site. */
function copyPictures({ cells, folder, id }: Lesson, files: Files): Map<string, PagePicture> {
  const names = cells.flatMap((cell) => ("pictures" in cell ? cell.pictures : []));
  const found = new Map<string, PagePicture>();
  for (const name of new Set(names)) {
    const bytes = readFileSync(join(folder, name));
    const src = `pictures/${id}/${name}`;
    files.set(src, bytes);
    found.set(name, { src: encodeURI(src), ...readSvg(name, bytes) });
  }
  return found;
}

/** An SVG's text and the size that it names. */
function readSvg(name: string, bytes: Buffer): Omit<PagePicture, "src"> {
  if (extname(name).toLowerCase() !== ".svg") return {};
  const svg = bytes.toString("utf8");
  return { svg, ...sizeOfSvg(svg) };
}

// Exercises and questions: what is asked, what students may use, and hints that fold

/** @param withSolution whether its answer shows, folded */
function renderExercise(exercise: ExerciseCell, page: PageContext, withSolution: boolean): string {
  const { name, points, difficulty, minutes, statement, mayUse: offer, hints, stub } = exercise;
  const id = exerciseHeading(`Exercise: ${name}`, `<code>${escapeHtml(name)}</code>`, page);
  const level = "●".repeat(difficulty) + "○".repeat(5 - difficulty);
  const costs = [
    plural(points, "point"),
    `difficulty <span role="img" aria-label="${difficulty} of 5">${level}</span>`,
    `about ${plural(minutes, "minute")}`,
  ];
  const parts = [
    `<p class="costs">${costs.join(" · ")}</p>`,
    renderText(statement, page),
    offer === "" ? "" : renderText(offer, page),
    '<p class="label" data-start>You start from</p>',
    `<div data-start>${cutLong(stub, codeBlock(stub, "ts", page))}</div>`,
    ...hints.map((hint, i) => folded(`Hint ${i + 1} of ${hints.length}`, renderText(hint, page))),
    withSolution ? folded("Solution", codeBlock(exercise.solution, "ts", page)) : "",
  ];
  const title = `<h3 id="${id}" tabindex="-1">Exercise: <code>${escapeHtml(name)}</code></h3>`;
  return card(id, title, parts, ` data-exercise="${escapeHtml(name)}"`);
}

function renderQuestion({ points, question }: WrittenCell, page: PageContext): string {
  const id = exerciseHeading("Question", "Question", page);
  const costs = `<p class="costs">${plural(points, "point")}, marked by hand</p>`;
  const title = `<h3 id="${id}" tabindex="-1">Question</h3>`;
  return card(id, title, [costs, renderText(question, page)]);
}

/** @returns the anchor */
function exerciseHeading(text: string, html: string, page: PageContext): string {
  const id = anchorFor(text, page);
  addHeading({ id, level: 3, html, text }, page);
  return id;
}

const card = (id: string, title: string, parts: string[], data = "") =>
  `<div class="exercise" role="group" aria-labelledby="${id}"${data}>\n${title}\n` +
  `${parts.filter((part) => part !== "").join("\n")}\n</div>\n`;

const folded = (summary: string, html: string) =>
  `<details><summary>${summary}</summary>\n${html}</details>`;
