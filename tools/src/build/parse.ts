/**
 * lesson.md → Lesson. Reads to the end and reports everything that is wrong at once. The syntax is
 * docs/authors.md.
 */
import { basename, dirname, relative, sep } from "node:path";
import { normalizeText } from "grader/dist/source.js";
import { readCode, readExercise, readGiven, readWritten } from "./blocks.js";
import { readHead } from "./head.js";
import { nameCells } from "./ids.js";
import { blocksOf, roleOf, type Block } from "./markdown.js";
import type { Cell, Lesson, Slide } from "./model.js";
import { LessonError, type Problem } from "./problems.js";
import type { Solutions } from "./solutions.js";
import { readText } from "./text.js";

/** What is known while a lesson is read. */
export interface Reading {
  folder: string;
  lines: string[];
  solutions: Solutions;
  report: (line: number, says: string) => void;
  uses: string[];
  cells: Cell[];
  slides: Slide[];
  /** Names that the notebook has so far: imports, exercises, given definitions. */
  available: Set<string>;
  /** Heading of each cell without an id of its own. */
  headings: Map<Cell, string>;
  heading: string;
  /** The text cell that the next block of text joins; undefined after a code cell. */
  open: Extract<Cell, { kind: "text" }> | undefined;
}

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
  const id = basename(folder);
  const shown = relative(dirname(dirname(folder)), file)
    .split(sep)
    .join("/");
  const problems: Problem[] = [];
  const report = (line: number, says: string) => {
    if (!problems.some((p) => p.line === line && p.says === says)) problems.push({ line, says });
  };
  const lines = linesOf(source, report);
  if (problems.length > 0) throw new LessonError(shown, problems);
  if (!/^[a-zA-Z0-9][a-zA-Z0-9-]*$/.test(id)) {
    report(
      1,
      `the folder's name ${id} is the notebook's name: ` +
        "write it with letters, digits and hyphens, as in 06-attention",
    );
  }

  const head = readHead(lines, report);
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
  checkWhole(reading, lines);
  nameCells(reading);
  checkFigures(reading);
  if (problems.length > 0) throw new LessonError(shown, problems);
  return {
    id,
    title: head.title,
    question: head.question,
    minutes: head.minutes,
    uses: head.uses,
    file,
    folder,
    cells: reading.cells,
    slides: reading.slides,
  };
}

function linesOf(source: Uint8Array | string, report: Reading["report"]): string[] {
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

function readBlocks(
  blocks: Block[],
  reading: Reading,
  slide?: { slide: Slide; only: boolean },
): void {
  for (const block of blocks) {
    if (block.type === "container") readContainer(block, reading, slide);
    else if (block.type === "figure") readFigure(block, reading, slide?.slide);
    else if (block.type === "fence" && roleOf(block.info)) readCode(block, reading, slide);
    else if (block.type !== "comment") addText(block, reading, slide);
  }
}

function readContainer(
  block: Block,
  reading: Reading,
  slide?: { slide: Slide; only: boolean },
): void {
  const [name, ...rest] = block.info.split(/\s+/);
  const line = block.from + 1;
  if (name === "notes" && slide) {
    const notes = block.inner.map((b) => readText(b, reading).markdown).join("\n\n");
    slide.slide.notes = [slide.slide.notes, notes].filter((n) => n !== "").join("\n\n");
  } else if (name === "notes" || name === "hint") {
    reading.report(
      line,
      name === "notes"
        ? "notes stand in a slide: put :::: slide around them"
        : "a hint stands in an exercise: put it between :::: exercise and ::::",
    );
  } else if (slide) {
    reading.report(
      line,
      `a slide cannot hold the block ${name}: close the slide first (inside one, only notes ` +
        "are possible)",
    );
  } else if (name === "slide") {
    const only = rest[0] === "only";
    if (rest.length > (only ? 1 : 0)) {
      reading.report(
        line,
        `a slide has no setting ${rest.join(" ")}: write :::: slide or :::: slide only`,
      );
    }
    const made: Slide = { parts: [], notes: "", line };
    reading.slides.push(made);
    readBlocks(block.inner, reading, { slide: made, only });
    if (made.parts.length === 0) {
      reading.report(line, "the slide is empty: write a heading and a few words into it");
    }
  } else if (name === "exercise") readExercise(block, rest, reading);
  else if (name === "given") readGiven(block, rest, reading);
  else if (name === "written") readWritten(block, rest, reading);
  else {
    reading.report(
      line,
      `there is no block ${name}: write exercise, hint, given, written, slide or notes`,
    );
  }
}

function readFigure(block: Block, { report, slides }: Reading, slide?: Slide): void {
  const line = block.from + 1;
  if (!slide) {
    report(
      line,
      `the figure of a cell stands in a slide: in the notebook, the cell ${block.target} ` +
        "draws it by itself",
    );
  } else if (block.content.trim() === "") {
    report(
      line,
      `the figure #${block.target} needs a caption: write ![what it shows](#${block.target})`,
    );
  }
  if (slide) {
    slides.at(-1)!.parts.push({ kind: "figure", cell: block.target, caption: block.content });
  }
}

/**
 * Text goes into the open text cell, a heading opens a new one; in a slide it goes there as well.
 */
function addText(block: Block, reading: Reading, slide?: { slide: Slide; only: boolean }): void {
  const { markdown, notebook, pictures } = readText(block, reading);
  if (slide) {
    const last = slide.slide.parts.at(-1);
    if (last?.kind === "markdown") {
      last.markdown += `\n\n${markdown}`;
      last.pictures.push(...pictures.filter((p) => !last.pictures.includes(p)));
    } else slide.slide.parts.push({ kind: "markdown", markdown, pictures: [...pictures] });
  }
  if (slide?.only) return;
  if (block.type === "heading") {
    reading.heading = block.content;
    reading.open = undefined;
    if (block.tokens[0]!.tag === "h1") {
      reading.report(
        block.from + 1,
        "the title stands in the head already: begin headings with ##",
      );
    }
  }
  if (reading.open) {
    reading.open.markdown += `\n\n${notebook}`;
    reading.open.pictures.push(...pictures.filter((p) => !reading.open!.pictures.includes(p)));
    return;
  }
  const cell = {
    kind: "text" as const,
    id: "",
    line: block.from + 1,
    markdown: notebook,
    pictures,
  };
  reading.open = cell;
  reading.headings.set(cell, reading.heading);
  reading.cells.push(cell);
}

/** What can only be seen at the end. */
function checkWhole({ cells, uses, report }: Reading, lines: string[]): void {
  const running = cells.find((cell) => cell.kind !== "text" && cell.kind !== "written");
  if (!running || running.kind !== "code" || running.role !== "setup") {
    report(
      running?.line ?? lines.length,
      "there is no setup cell before this: write a fence ```ts setup with the imports as the " +
        "lesson's first code",
    );
  }
  for (const cell of cells) {
    if ((cell.kind === "exercise" || cell.kind === "given") && uses.includes(cell.name)) {
      report(
        usesLine(lines),
        `uses lists ${cell.name}, which the lesson itself has as ` +
          `${cell.kind === "exercise" ? "an exercise" : "a given definition"}: ` +
          "take it out of uses",
      );
    }
  }
}

function checkFigures({ cells, slides, lines, report }: Reading): void {
  const drawing = new Set(cells.flatMap((cell) => (cell.kind === "code" ? [cell.id] : [])));
  for (const slide of slides) {
    for (const part of slide.parts) {
      if (part.kind !== "figure" || drawing.has(part.cell)) continue;
      const line = lines.findIndex((l, i) => i >= slide.line && l.includes(`](#${part.cell})`)) + 1;
      report(
        line || slide.line,
        `no code cell has the id ${part.cell}: write \`\`\`ts demo id=${part.cell} or ` +
          "correct the figure's name",
      );
    }
  }
}
