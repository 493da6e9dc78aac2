/**
 * lesson.md → Lesson: the head (parseHead.ts), then block by block cells (parseCells.ts), texts
 * (text.ts) and slides (here), then checks of the whole. Reads to the end and reports all problems at
 * once. docs/authors.md describes the syntax.
 */
import { basename, dirname, relative, sep } from "node:path";
import { normalizeText } from "grader/files";
import { fillResults, readResults } from "../claims/results.js";
import { assignCellIds } from "./cellIds.js";
import { parseCode, parseExercise, parseGiven, parseWritten } from "./parseCells.js";
import { type Block, blocksOf, roleOf } from "./markdown.js";
import type { Lesson, Slide, TextCell } from "./model.js";
import {
  appendText,
  LessonError,
  type ParseContext,
  type Problem,
  type ReportProblem,
  type SlideContext,
} from "./parseContext.js";
import { type Head, parseHead, readNotation, withColors } from "./parseHead.js";
import type { Solutions } from "./solutions.js";
import { parseText } from "./text.js";

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
  const report = (line: number, message: string) => {
    if (!problems.some((p) => p.line === line && p.message === message)) {
      problems.push({ line, message });
    }
  };
  const throwProblems = () => {
    if (problems.length === 0) return;
    const shown = relative(dirname(dirname(folder)), file)
      .split(sep)
      .join("/");
    throw new LessonError(shown, problems);
  };
  const lines = linesOf(source, report);
  throwProblems(); // in another encoding there is nothing to read

  const id = basename(folder);
  checkLessonId(id, report);
  const head = parseHead(lines, report);
  const colors = readNotation(dirname(folder));
  const { lines: filled, results } = fillResults(lines, readResults(folder), report);
  const colored = withColors(filled, colors);
  const context = parseBody(colored, head, folder, solutions, report);
  throwProblems();
  const { title, question, minutes, uses, components, recorded, measured } = head;
  const { cells, slides, claims } = context;
  const about = { id, title, question, minutes, uses, components, colors, file, folder };
  const machines = {
    ...(recorded === undefined ? {} : { recorded }),
    ...(measured === undefined ? {} : { measured }),
  };
  return { ...about, ...machines, cells, slides, claims, results };
}

/** Reads all blocks after the head, then checks the lesson as a whole. */
function parseBody(
  lines: string[],
  head: Head,
  folder: string,
  solutions: Solutions,
  report: ReportProblem,
): ParseContext {
  // the head is blanked out, so that lines keep their numbers
  const body = lines.map((line, i) => (i < head.lines ? "" : line));
  const context: ParseContext = {
    folder,
    lines: body,
    solutions,
    report,
    uses: head.uses,
    cells: [],
    slides: [],
    claims: [],
    available: new Set(head.uses),
    explained: new Set(),
    headings: new Map(),
    currentHeading: head.title,
    openText: undefined,
  };
  checkUses(context, lines);
  parseBlocks(blocksOf(body.join("\n"), report), context);
  checkSetup(context, lines.length);
  checkOwnNames(context, lines);
  assignCellIds(context);
  checkFigures(context);
  return context;
}

function checkLessonId(id: string, report: ReportProblem): void {
  if (/^[a-zA-Z0-9][a-zA-Z0-9-]*$/.test(id)) return;
  report(
    1,
    `the folder's name ${id} is the notebook's name: ` +
      "write it with letters, digits and hyphens, as in 06-attention",
  );
}

function linesOf(source: Uint8Array | string, report: ReportProblem): string[] {
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

function checkUses({ uses, solutions, report }: ParseContext, lines: string[]): void {
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

function parseBlocks(blocks: Block[], context: ParseContext, slideContext?: SlideContext): void {
  for (const block of blocks) {
    if (block.type === "container") parseContainer(block, context, slideContext);
    else if (block.type === "figure") parseFigure(block, context, slideContext);
    else if (block.type === "fence" && roleOf(block.info)) parseCode(block, context, slideContext);
    else if (block.type !== "comment") parseTextBlock(block, context, slideContext);
  }
}

function parseContainer(block: Block, context: ParseContext, slideContext?: SlideContext): void {
  const [name = "", ...words] = block.info.split(/\s+/);
  if (slideContext && name === "notes") return parseNotes(block, context, slideContext.slide);
  const problem = slideContext ? notInSlides(name) : misplaced(name);
  if (problem) return context.report(block.from + 1, problem);
  if (name === "slide") parseSlide(block, words, context);
  if (name === "exercise") parseExercise(block, words, context);
  if (name === "given") parseGiven(block, words, context);
  if (name === "written") parseWritten(block, words, context);
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

function parseSlide(block: Block, words: string[], context: ParseContext): void {
  const line = block.from + 1;
  const { slideOnly, asks, markedLines } = readSlideSettings(words, line, context.report);
  const slide: Slide = { parts: [], notes: "", asks, markedLines, line };
  context.slides.push(slide);
  parseBlocks(block.inner, context, { slide, slideOnly });
  if (slide.parts.length === 0) {
    context.report(line, "the slide is empty: write a heading and a few words into it");
  }
}

function parseNotes(block: Block, context: ParseContext, slide: Slide): void {
  const notes = block.inner.map((b) => parseText(b, context).markdown).join("\n\n");
  slide.notes = [slide.notes, notes].filter((n) => n !== "").join("\n\n");
}

function parseFigure(block: Block, { report }: ParseContext, slideContext?: SlideContext): void {
  const { target, content: caption } = block;
  const line = block.from + 1;
  if (!slideContext) {
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
  const [cell = "", steps] = target.split("/");
  const [start, printed] = (steps?.split("-") ?? []).map((step) => Number(step) - 1);
  const isStep = (step = 0) => Number.isInteger(step) && step >= 0;
  if (!isStep(start) || !isStep(printed)) {
    report(
      line,
      `#${target} names no step: write #${cell}/2 for the second one, ` +
        `#${cell}/1-4 to begin with the first and print the fourth`,
    );
  }
  slideContext.slide.parts.push({
    kind: "figure",
    cell,
    caption,
    ...(start ? { start } : {}),
    ...(printed === undefined ? {} : { printed }),
  });
}

/**
 * Text goes into the open text cell, and a heading opens a new one. A slide takes it as well, and
 * alone takes its heading if that would stand directly below another one in the notebook.
 */
function parseTextBlock(block: Block, context: ParseContext, slideContext?: SlideContext): void {
  const text = parseText(block, context);
  const opensSlide = slideContext?.slide.parts.length === 0 && block.type === "heading";
  if (slideContext) addToSlide(slideContext.slide, text);
  if (slideContext?.slideOnly) return;
  if (opensSlide && isHeadingAlone(context.openText)) return;
  if (block.type === "heading") {
    context.currentHeading = block.content;
    context.openText = undefined;
    if (block.tokens[0]!.tag === "h1") {
      context.report(block.from + 1, "the title is in the head already: begin headings with ##");
    }
  }
  appendText(context, block.from + 1, text);
}

const isHeadingAlone = (cell?: TextCell): boolean => /^#+ .*$/.test(cell?.markdown ?? "");

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
function checkSetup({ cells, report }: ParseContext, lastLine: number): void {
  const first = cells.find((cell) => cell.kind !== "text" && cell.kind !== "written");
  if (first?.kind === "code" && first.role === "setup") return;
  report(
    first?.line ?? lastLine,
    "there is no setup cell before this: write a fence ```ts setup with the imports as the " +
      "lesson's first code",
  );
}

/** A lesson can't import what it defines itself. */
function checkOwnNames({ cells, uses, report }: ParseContext, lines: string[]): void {
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

function checkFigures({ cells, slides, lines, report }: ParseContext): void {
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

interface SlideSettings {
  /** Not in the notebook. */
  slideOnly: boolean;
  /** What stands below its points comes up later. */
  asks: boolean;
  /** The lines of its code that stand out, from 1. */
  markedLines: number[];
}

/** Reads a slide's settings, `:::: slide only asks lines=2,4-5`, and reports unknown ones. */
function readSlideSettings(words: string[], line: number, report: ReportProblem): SlideSettings {
  const settings: SlideSettings = { slideOnly: false, asks: false, markedLines: [] };
  const unknown: string[] = [];
  for (const word of words) {
    const marked = /^lines=(.+)$/.exec(word)?.[1];
    if (word === "only") settings.slideOnly = true;
    else if (word === "asks") settings.asks = true;
    else if (marked && LINE_RANGES.test(marked)) settings.markedLines = lineNumbers(marked);
    else unknown.push(word);
  }
  if (unknown.length > 0) {
    report(
      line,
      `a slide has no setting ${unknown.join(" ")}: write :::: slide, and after it only, asks ` +
        "or lines=2,4-5",
    );
  }
  return settings;
}

const LINE_RANGES = /^[1-9]\d?(-[1-9]\d?)?(,[1-9]\d?(-[1-9]\d?)?)*$/;

/** "2,4-5" as 2, 4, 5. */
function lineNumbers(text: string): number[] {
  return text.split(",").flatMap((part) => {
    const [from, to = from] = part.split("-").map(Number) as [number, number?];
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
  });
}
