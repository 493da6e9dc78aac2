/**
 * A lesson as a notebook: nbformat 4.5 with nbgrader's metadata (schema 3). These functions are
 * pure, except that they read pictures and previews.
 */
import { readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { type CellMark, type CheckLines, readSource } from "grader/files";
import { hashOf } from "../hash.js";
import { runCells } from "../claims/programs.js";
import { durationText, plural, pointsText } from "../plural.js";
import { hashOfOutputs, previewOutputs } from "../previews/outputs.js";
import { currentPreviews } from "../previews/previews.js";
import type { Cell, ExerciseCell, Lesson, Neighbor, WrittenCell } from "./model.js";
import { PICTURE_TYPES } from "./text.js";

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
interface NotebookCell {
  id: string;
  cell_type: "markdown" | "code";
  source: string;
  course: CellMark;
  nbgrader?: { [key: string]: Json };
  pictures?: string[];
  /** Cells that students do not change. */
  locked?: boolean;
  /** Figures that show before the cell has run. */
  outputs?: ReturnType<typeof previewOutputs>;
}

/** What students open: nothing has run, and the lesson's previews show. */
export function studentNotebook(lesson: Lesson, { previews } = currentPreviews(lesson)): string {
  const all = notebookCells(lesson);
  const shown = all.filter(({ id }) => previews[id]);
  const first = shown[0]?.id;
  const cells = all.map((cell) => {
    const preview = previews[cell.id];
    if (!preview) return cell;
    const outputs = previewOutputs(preview, cell.id === first, lesson);
    return { ...cell, outputs, course: { ...cell.course, preview: hashOfOutputs(outputs) } };
  });
  return toJson(lesson, cells);
}

/** The same cells with the same marks, but with solutions in the definition cells. */
export const solvedNotebook = (lesson: Lesson): string =>
  answeredNotebook(lesson, ({ solution }) => solution);

/**
 * The solved notebook with the cells that check claims and give inline results. It is run and not
 * kept: `isRunCell` tells these cells from the lesson's own.
 */
export function checkedNotebook(lesson: Lesson): string {
  const notebook = JSON.parse(solvedNotebook(lesson)) as { cells: { id: string }[] };
  const added = runCells(lesson);
  const after = (id: string | undefined) =>
    added
      .filter((cell) => cell.after === id)
      .map(({ id: runId, code }) => ({
        id: runId,
        cell_type: "code",
        metadata: {},
        source: code,
        execution_count: null,
        outputs: [],
      }));
  const cells = [...after(undefined), ...notebook.cells.flatMap((c) => [c, ...after(c.id)])];
  return JSON.stringify({ ...notebook, cells });
}

/** The same, with what `answer` gives in the definition cells. */
export function answeredNotebook(
  lesson: Lesson,
  answer: (exercise: ExerciseCell) => string,
): string {
  const exercises = lesson.cells.filter((cell) => cell.kind === "exercise");
  const answers = new Map(exercises.map((exercise) => [exercise.id, answer(exercise)]));
  const cells = notebookCells(lesson);
  return toJson(
    lesson,
    cells.map((cell) => ({ ...cell, source: answers.get(cell.id) ?? cell.source })),
  );
}

/** The cells as shipped: id → hash of the source. */
export const shippedCells = (lesson: Lesson): Record<string, string> =>
  Object.fromEntries(notebookCells(lesson).map(({ id, course }) => [id, course.hash]));

/** A cell as shipped, with the hash of its source. */
type ShippedCell = NotebookCell & { course: CellMark & { hash: string } };

function notebookCells(lesson: Lesson): ShippedCell[] {
  const cells = [
    cell("lesson", "markdown", opening(lesson), { role: "text" }),
    ...lesson.cells.flatMap(cellsOf),
    cell("lesson-end", "markdown", ending(lesson), { role: "text" }),
  ];
  return cells.map((c) => {
    const source = withPictures(c, lesson.folder);
    return { ...c, source, course: { ...c.course, hash: hashOf(source) } };
  });
}

/** The cell's source with each picture's file name replaced by where a notebook has it. */
function withPictures({ source, pictures = [] }: NotebookCell, folder: string): string {
  const target = (name: string) =>
    isSvg(name) ? dataUrl(join(folder, name)) : `attachment:${encodeURI(name)}`;
  return pictures.reduce((text, name) => replaceLinks(text, name, target(name)), source);
}

function cell(
  id: string,
  cell_type: NotebookCell["cell_type"],
  text: string,
  mark: CellMark,
  more: Partial<NotebookCell> = {},
): NotebookCell {
  return { id, cell_type, source: text, course: mark, ...more };
}

function opening({ title, question, minutes, cells }: Lesson): string {
  const exercises = cells.filter((c) => c.kind === "exercise");
  const written = cells.filter((c) => c.kind === "written");
  const work: string[] = [];
  if (exercises.length > 0) work.push(plural(exercises.length, "exercise"));
  if (written.length > 0) work.push(plural(written.length, "question"));
  const costs = [`about ${durationText(minutes)}`];
  if (work.length > 0) costs.push(`${work.join(" and ")}, ${pointsText(exercises, written)}`);
  return `# ${title}\n\n**${question}**\n\nTakes ${costs.join("; ")}.`;
}

/**
 * The way on: the link to the next lesson stands alone. README.md is the overview, in notebooks/ and
 * among a student's copies.
 */
function ending({ previous, next }: Lesson): string {
  const link = (says: string, { title, file }: Neighbor) => {
    const number = /^\d+/.exec(file)?.[0] ?? "";
    const name = `${number} ${title}`.trim();
    return `[${says}: ${name.replace(/[\\[\]]/g, "\\$&")}](${file})`;
  };
  const others = [...(previous ? [link("Previous", previous)] : []), "[All lessons](README.md)"];
  const way = next ? `**${link("Next", next)}**` : "This was the last lesson.";
  return `${way}\n\n${others.join(" · ")}`;
}

function cellsOf(c: Cell): NotebookCell[] {
  switch (c.kind) {
    case "text":
      return [cell(c.id, "markdown", c.markdown, { role: "text" }, { pictures: c.pictures })];
    case "code":
      return [cell(c.id, "code", c.code, { role: c.role, ...(c.fold ? { fold: c.fold } : {}) })];
    case "given":
      return [
        cell(c.id, "code", c.code, {
          role: "given",
          name: c.name,
          ...withChecks(c.checks),
          ...(c.fold ? { fold: c.fold } : {}),
        }),
      ];
    case "exercise":
      return exerciseCells(c);
    case "written":
      return writtenCells(c);
  }
}

const nbgrader = (
  grade_id: string,
  more: { grade: boolean; solution: boolean; locked: boolean; points?: number },
) => ({ schema_version: 3, grade_id, task: false, ...more });

const withChecks = (checks: CheckLines[]) => (checks.length > 0 ? { checks } : {});

/** What it asks, where it is answered, and where the answer is checked. */
function exerciseCells(exercise: ExerciseCell): NotebookCell[] {
  const { id, name, points, pictures, stub, checks } = exercise;
  const checkId = `${id}-check`;
  return [
    cell(
      `${id}-task`,
      "markdown",
      taskText(exercise),
      { role: "text" },
      { pictures, locked: true },
    ),
    cell(
      id,
      "code",
      stub,
      { role: "exercise", name, ...withChecks(checks) },
      { nbgrader: nbgrader(id, { grade: false, solution: true, locked: false }) },
    ),
    cell(
      checkId,
      "code",
      `await check(${name});`,
      { role: "check", name },
      {
        nbgrader: nbgrader(checkId, { grade: true, solution: false, locked: true, points }),
        locked: true,
      },
    ),
  ];
}

function taskText(exercise: ExerciseCell): string {
  const { name, points, difficulty, minutes, statement, mayUse, hints } = exercise;
  const level = "●".repeat(difficulty) + "○".repeat(5 - difficulty);
  const costs = [
    plural(points, "point"),
    `difficulty ${level}`,
    `about ${plural(minutes, "minute")}`,
  ];
  // the empty lines make JupyterLab read a hint as Markdown
  const folded = hints.map(
    (hint, i) =>
      `<details><summary>Hint ${i + 1} of ${hints.length}</summary>\n\n${hint}\n\n</details>`,
  );
  const head = [`### Exercise: ${name}`, costs.join(" · "), statement];
  return [...head, ...(mayUse === "" ? [] : [mayUse]), ...folded].join("\n\n");
}

function writtenCells({ id, name, points, question, pictures }: WrittenCell): NotebookCell[] {
  const text = `### Question\n\n${plural(points, "point")}, marked by hand\n\n${question}`;
  return [
    cell(`${id}-question`, "markdown", text, { role: "text" }, { pictures }),
    cell(
      id,
      "markdown",
      "*Double-click here and write your answer.*",
      { role: "written", name },
      { nbgrader: nbgrader(id, { grade: true, solution: true, locked: false, points }) },
    ),
  ];
}

/**
 * The notebook in Jupyter's own form: sorted keys, indented by one space, a source as a list of
 * lines. Saving it in JupyterLab changes nothing else, except that Jupyter writes each number of an
 * output on a line of its own, which makes figures three times as large.
 */
function toJson(lesson: Lesson, cells: NotebookCell[]): string {
  const hasColors = Object.keys(lesson.colors).length > 0;
  const notebook: Json = {
    cells: cells.map((c) => cellJson(c, lesson.folder)),
    metadata: {
      course: { lesson: lesson.id, ...(hasColors ? { colors: lesson.colors } : {}) },
      kernelspec: { display_name: "TypeScript", language: "typescript", name: "tslab" },
      // as the kernel says it, or JupyterLab would change the notebook when it opens
      language_info: {
        codemirror_mode: "typescript",
        file_extension: ".ts",
        mimetype: "text/typescript",
        name: "typescript",
        version: "5.9",
      },
      title: lesson.title,
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  const text = `${JSON.stringify(sorted(notebook), undefined, 1)}\n`;
  const outputs = new Map(cells.map((c) => [c.id, outputLines(c)]));
  return text.replace(/(?<="outputs": )"outputs-of:([\w-]+)"/g, (_, id: string) =>
    outputs.get(id)!,
  );
}

/** A list with each output on a line. */
function outputLines({ outputs = [] }: NotebookCell): string {
  const lines = outputs.map((output) => `    ${JSON.stringify(sorted(output as unknown as Json))}`);
  return lines.length === 0 ? "[]" : `[\n${lines.join(",\n")}\n   ]`;
}

function cellJson(c: NotebookCell, folder: string): Json {
  const attached = (c.pictures ?? []).filter((name) => !isSvg(name));
  const attachments = Object.fromEntries(
    attached.map((name) => [name, attachment(join(folder, name))]),
  );
  return {
    id: c.id,
    cell_type: c.cell_type,
    metadata: {
      course: jsonOf(c.course),
      ...(c.course.fold ? { jupyter: { source_hidden: true } } : {}),
      ...(c.nbgrader ? { nbgrader: c.nbgrader, deletable: false } : {}),
      ...(c.locked ? { editable: false } : {}),
    },
    source: sourceLines(c.source),
    ...(c.cell_type === "code" ? { execution_count: null, outputs: `outputs-of:${c.id}` } : {}),
    ...(attached.length > 0 ? { attachments } : {}),
  };
}

/** A mark as JSON: its lines are objects of text and numbers. */
const jsonOf = (mark: CellMark): Json => ({ ...mark }) as unknown as Json;

function attachment(file: string): Json {
  return { [PICTURE_TYPES[extname(file).toLowerCase()]!]: readFileSync(file).toString("base64") };
}

const isSvg = (name: string) => extname(name).toLowerCase() === ".svg";

/**
 * An SVG as part of the text, since JupyterLab doesn't show an attached one. Without a size of its
 * own it would be 300 pixels wide, so it gets one.
 */
function dataUrl(file: string): string {
  const svg = withSize(readSource(file));
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
}

function withSize(svg: string): string {
  const [root] = /<svg\b[^>]*>/.exec(svg) ?? [""];
  const [, width, height] = /\sviewBox="\S+ \S+ (\S+) (\S+)"/.exec(root) ?? [];
  if (width === undefined || /\swidth=/.test(root)) return svg;
  return svg.replace("<svg", `<svg width="${width}" height="${height}"`);
}

/** The text with the picture's links, as written or encoded, pointing to `target`. */
function replaceLinks(text: string, name: string, target: string): string {
  let result = text;
  for (const written of [name, encodeURI(name)]) {
    result = result
      .replaceAll(`](${written})`, `](${target})`)
      .replaceAll(`](${written} `, `](${target} `);
  }
  return result;
}

const sourceLines = (source: string): string[] => source.match(/[^\n]*\n|[^\n]+$/g) ?? [];

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key]!)]),
  );
}
