/**
 * lesson.md → Lesson. Reads to the end and reports everything that is wrong at once. The syntax is
 * described in docs/authors.md.
 */
import { basename, dirname, relative, sep } from "node:path";
import { normalizeText } from "grader/files";
import { readExercise, readGiven, readWritten } from "./blocks.js";
import { readCode } from "./code.js";
import { readHead, type Head } from "./head.js";
import { nameCells } from "./ids.js";
import { blocksOf, roleOf, type Block } from "./markdown.js";
import type { Lesson, Slide } from "./model.js";
import { readNotation, withColors } from "./notation.js";
import { LessonError, type Problem, type Report } from "./problems.js";
import { addToText, type InSlide, type Reading } from "./reading.js";
import { slideSettings } from "./slideSettings.js";
import type { Solutions } from "./solutions.js";
import { readText } from "./text.js";

/**
 * @param source the file's bytes, which must be UTF-8
 * @param file its absolute path, …/<id>/lesson.md
 * @throws LessonError with every problem found
 */
export function parseLesson(
  source: Uint8Array | string,
  file: string,
  solutions: Solutions,
): Lesson {
  const folder = dirname(file);
  const problems: Problem[] = [];
  const report = (line: number, says: string) => {
    if (!problems.some((p) => p.line === line && p.says === says)) problems.push({ line, says });
  };
  const throwProblems = () => {
    if (problems.length === 0) return;
    const shown = relative(dirname(dirname(folder)), file)
      .split(sep)
      .join("/");
    throw new LessonError(shown, problems);
  };
  const lines = linesOf(source, report);
  throwProblems(); // nothing can be read from a wrong encoding

  const id = basename(folder);
  checkId(id, report);
  const head = readHead(lines, report);
  const colors = readNotation(dirname(folder));
  const colored = withColors(lines, colors);
  const reading = readBody(colored, head, folder, solutions, report);
  throwProblems();
  const { title, question, minutes, uses, components } = head;
  const { cells, slides } = reading;
  return { id, title, question, minutes, uses, components, colors, file, folder, cells, slides };
}

/** Reads what follows the head: its blocks, and what only shows when all are read. */
function readBody(
  lines: string[],
  head: Head,
  folder: string,
  solutions: Solutions,
  report: Report,
): Reading {
  // the head is blanked out, so that lines keep their numbers
  const body = lines.map((line, i) => (i < head.lines ? "" : line));
  const reading: Reading = {
    folder,
    lines: body,
    solutions,
    report,
    uses: head.uses,
    cells: [],
    slides: [],
    available: new Set(head.uses),
    headings: new Map(),
    heading: head.title,
    open: undefined,
  };
  checkUses(reading, lines);
  readBlocks(blocksOf(body.join("\n"), report), reading);
  checkSetup(reading, lines.length);
  checkOwnNames(reading, lines);
  nameCells(reading);
  checkFigures(reading);
  return reading;
}

function checkId(id: string, report: Report): void {
  if (/^[a-zA-Z0-9][a-zA-Z0-9-]*$/.test(id)) return;
  report(
    1,
    `the folder's name ${id} is the notebook's name: ` +
      "write it with letters, digits and hyphens, as in 06-attention",
  );
}

function linesOf(source: Uint8Array | string, report: Report): string[] {
  if (typeof source === "string") return normalizeText(source).split("\n");
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    return linesOf(decoder.decode(source), report);
  } catch {
    const readable = new TextDecoder("utf-8").decode(source);
    const line =
      normalizeText(readable)
        .split("\n")
        .findIndex((l) => l.includes("\uFFFD")) + 1;
    report(line || 1, "the file is not UTF-8 here: save it again with the encoding UTF-8");
    return [];
  }
}

const usesLine = (lines: string[]) => lines.findIndex((line) => /^["']?uses\b/.test(line)) + 1 || 1;

function checkUses({ uses, solutions, report }: Reading, lines: string[]): void {
  for (const [i, name] of uses.entries()) {
    if (uses.indexOf(name) !== i) report(usesLine(lines), `uses lists ${name} twice: keep one`);
    else if (!solutions.exports(name)) {
      report(
        usesLine(lines),
        `uses lists ${name}, which solutions do not export: ` +
          "correct the name, or export it from solutions/src/index.ts",
      );
    }
  }
}

function readBlocks(blocks: Block[], reading: Reading, inSlide?: InSlide): void {
  for (const block of blocks) {
    if (block.type === "container") readContainer(block, reading, inSlide);
    else if (block.type === "figure") readFigure(block, reading, inSlide);
    else if (block.type === "fence" && roleOf(block.info)) readCode(block, reading, inSlide);
    else if (block.type !== "comment") readTextBlock(block, reading, inSlide);
  }
}

function readContainer(block: Block, reading: Reading, inSlide?: InSlide): void {
  const [name = "", ...words] = block.info.split(/\s+/);
  if (inSlide && name === "notes") return readNotes(block, reading, inSlide.slide);
  const problem = inSlide ? notInSlides(name) : misplaced(name);
  if (problem) return reading.report(block.from + 1, problem);
  if (name === "slide") readSlide(block, words, reading);
  if (name === "exercise") readExercise(block, words, reading);
  if (name === "given") readGiven(block, words, reading);
  if (name === "written") readWritten(block, words, reading);
}

function notInSlides(name: string): string {
  if (name === "hint") return misplaced(name)!;
  return (
    `a slide cannot hold the block ${name}: ` +
    "close the slide first (inside one, only notes are possible)"
  );
}

/** Why a block of this name can't be outside other blocks. */
function misplaced(name: string): string | undefined {
  switch (name) {
    case "slide":
    case "exercise":
    case "given":
    case "written":
      return undefined;
    case "notes":
      return "notes belong in a slide: put :::: slide around them";
    case "hint":
      return "a hint belongs in an exercise: put it between :::: exercise and ::::";
    default:
      return `there is no block ${name}: write exercise, hint, given, written, slide or notes`;
  }
}

function readSlide(block: Block, words: string[], reading: Reading): void {
  const line = block.from + 1;
  const { only, steps, marked } = slideSettings(words, line, reading.report);
  const slide: Slide = { parts: [], notes: "", steps, marked, line };
  reading.slides.push(slide);
  readBlocks(block.inner, reading, { slide, only });
  if (slide.parts.length === 0) {
    reading.report(line, "the slide is empty: write a heading and a few words into it");
  }
}

function readNotes(block: Block, reading: Reading, slide: Slide): void {
  const notes = block.inner.map((b) => readText(b, reading).markdown).join("\n\n");
  slide.notes = [slide.notes, notes].filter((n) => n !== "").join("\n\n");
}

function readFigure(block: Block, { report }: Reading, inSlide?: InSlide): void {
  const { target, content: caption } = block;
  const line = block.from + 1;
  if (!inSlide) {
    report(
      line,
      `the figure of a cell belongs in a slide: in the notebook, the cell ${target} draws it ` +
        "by itself",
    );
    return;
  }
  if (caption.trim() === "") {
    report(line, `the figure #${target} needs a caption: write ![what it shows](#${target})`);
  }
  const [cell = "", step] = target.split("/");
  const start = step === undefined ? undefined : Number(step) - 1;
  if (start !== undefined && !(Number.isInteger(start) && start >= 0)) {
    report(line, `#${target} names no step: write #${cell}/2 for the second one`);
  }
  inSlide.slide.parts.push({ kind: "figure", cell, caption, ...(start ? { start } : {}) });
}

/** Text goes into the open text cell, and a heading opens a new one. A slide takes it as well. */
function readTextBlock(block: Block, reading: Reading, inSlide?: InSlide): void {
  const text = readText(block, reading);
  if (inSlide) addToSlide(inSlide.slide, text);
  if (inSlide?.only) return;
  if (block.type === "heading") {
    reading.heading = block.content;
    reading.open = undefined;
    if (block.tokens[0]!.tag === "h1") {
      reading.report(block.from + 1, "the title is in the head already: begin headings with ##");
    }
  }
  addToText(reading, block.from + 1, text);
}

function addToSlide(
  { parts }: Slide,
  { markdown, pictures }: { markdown: string; pictures: string[] },
): void {
  const last = parts.at(-1);
  if (last?.kind !== "markdown") {
    parts.push({ kind: "markdown", markdown, pictures: [...pictures] });
    return;
  }
  last.markdown += `\n\n${markdown}`;
  last.pictures.push(...pictures.filter((p) => !last.pictures.includes(p)));
}

/** The first cell with code must be a setup cell. */
function checkSetup({ cells, report }: Reading, lastLine: number): void {
  const first = cells.find((cell) => cell.kind !== "text" && cell.kind !== "written");
  if (first?.kind === "code" && first.role === "setup") return;
  report(
    first?.line ?? lastLine,
    "there is no setup cell before this: write a fence ```ts setup with the imports as the " +
      "lesson's first code",
  );
}

/** A lesson can't import what it defines itself. */
function checkOwnNames({ cells, uses, report }: Reading, lines: string[]): void {
  for (const cell of cells) {
    if (cell.kind !== "exercise" && cell.kind !== "given") continue;
    if (!uses.includes(cell.name)) continue;
    const as = cell.kind === "exercise" ? "an exercise" : "a given definition";
    report(
      usesLine(lines),
      `uses lists ${cell.name}, which the lesson itself has as ${as}: take it out of uses`,
    );
  }
}

function checkFigures({ cells, slides, lines, report }: Reading): void {
  const drawing = new Set(cells.flatMap((cell) => (cell.kind === "code" ? [cell.id] : [])));
  for (const slide of slides) {
    for (const part of slide.parts) {
      if (part.kind !== "figure" || drawing.has(part.cell)) continue;
      const line = lines.findIndex((l, i) => i >= slide.line && l.includes(`](#${part.cell}`)) + 1;
      report(
        line || slide.line,
        `no code cell has the id ${part.cell}: write \`\`\`ts demo id=${part.cell} or ` +
          "correct the figure's name",
      );
    }
  }
}
