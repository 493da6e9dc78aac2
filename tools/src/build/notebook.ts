/**
 * A lesson as a notebook: nbformat 4.5 with nbgrader's metadata (schema 3). Pure but for the
 * pictures that it reads.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { extname, join } from "node:path";
import type { CellMark } from "grader/dist/manifest.js";
import { readSource } from "grader/dist/source.js";
import type { Cell, ExerciseCell, Lesson, WrittenCell } from "./model.js";
import { PICTURES } from "./text.js";

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
}

/** The first 16 hex digits of the sha256 of a cell's source. */
export const hashOf = (source: string): string =>
  createHash("sha256").update(source).digest("hex").slice(0, 16);

/** What students open. */
export const studentNotebook = (lesson: Lesson): string => toJson(lesson, notebookCells(lesson));

/** The same cells with the same marks, and the solutions in the definition cells. */
export function solvedNotebook(lesson: Lesson): string {
  const solutions = new Map(
    lesson.cells.flatMap((cell) =>
      cell.kind === "exercise" ? [[cell.id, cell.solution] as const] : [],
    ),
  );
  return toJson(
    lesson,
    notebookCells(lesson).map((cell) => ({
      ...cell,
      source: solutions.get(cell.id) ?? cell.source,
    })),
  );
}

/** The cells as shipped: id → hash of the source. */
export const shippedCells = (lesson: Lesson): Record<string, string> =>
  Object.fromEntries(notebookCells(lesson).map(({ id, course }) => [id, course.hash]));

export function notebookCells(
  lesson: Lesson,
): (NotebookCell & { course: CellMark & { hash: string } })[] {
  const cells = [
    cell("lesson", "markdown", opening(lesson), { role: "text" }),
    ...lesson.cells.flatMap(cellsOf),
  ];
  return cells.map((c) => {
    const source = (c.pictures ?? []).reduce(
      (text, name) =>
        pointTo(
          text,
          name,
          isDrawing(name) ? dataUrl(join(lesson.folder, name)) : `attachment:${encodeURI(name)}`,
        ),
      c.source,
    );
    return { ...c, source, course: { ...c.course, hash: hashOf(source) } };
  });
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

const plural = (n: number, what: string) => `${n} ${what}${n === 1 ? "" : "s"}`;

function opening({ title, question, minutes, cells }: Lesson): string {
  const exercises = cells.filter((c) => c.kind === "exercise");
  const written = cells.filter((c) => c.kind === "written");
  const points = [...exercises, ...written].reduce((sum, c) => sum + c.points, 0);
  const work = [
    exercises.length > 0 ? plural(exercises.length, "exercise") : "",
    written.length > 0 ? plural(written.length, "question") : "",
  ].filter((w) => w !== "");
  const costs = [
    `about ${plural(minutes, "minute")}`,
    ...(work.length > 0 ? [`${work.join(" and ")}, ${plural(points, "point")}`] : []),
  ];
  return `# ${title}\n\n**${question}**\n\nWhat it costs: ${costs.join("; ")}.`;
}

function cellsOf(c: Cell): NotebookCell[] {
  switch (c.kind) {
    case "text":
      return [cell(c.id, "markdown", c.markdown, { role: "text" }, { pictures: c.pictures })];
    case "code":
      return [cell(c.id, "code", c.code, { role: c.role })];
    case "given":
      return [cell(c.id, "code", c.code, { role: "given", name: c.name })];
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

function exerciseCells({
  id,
  name,
  points,
  difficulty,
  minutes,
  statement,
  hints,
  pictures,
  stub,
}: ExerciseCell): NotebookCell[] {
  const head =
    `### Exercise: ${name}\n\n${plural(points, "point")} · difficulty ` +
    `${"●".repeat(difficulty)}${"○".repeat(5 - difficulty)} · about ` +
    `${plural(minutes, "minute")}`;
  // empty lines around a hint make JupyterLab read it as Markdown
  const folded = hints.map(
    (hint, i) =>
      `<details><summary>Hint ${i + 1} of ${hints.length}</summary>\n\n${hint}\n\n</details>`,
  );
  return [
    cell(
      `${id}-task`,
      "markdown",
      [head, statement, ...folded].join("\n\n"),
      { role: "text" },
      { pictures },
    ),
    cell(
      id,
      "code",
      stub,
      { role: "exercise", name },
      { nbgrader: nbgrader(id, { grade: false, solution: true, locked: false }) },
    ),
    cell(
      `${id}-check`,
      "code",
      `await check(${name});`,
      { role: "check", name },
      {
        nbgrader: nbgrader(`${id}-check`, { grade: true, solution: false, locked: true, points }),
        locked: true,
      },
    ),
  ];
}

function writtenCells({ id, name, points, question, pictures }: WrittenCell): NotebookCell[] {
  return [
    cell(
      `${id}-question`,
      "markdown",
      `### Question\n\n${plural(points, "point")}, marked by hand\n\n${question}`,
      { role: "text" },
      { pictures },
    ),
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
 * Jupyter's own form: sorted keys, one space, lines of a source apart. Saving it in JupyterLab
 * changes nothing else.
 */
function toJson(lesson: Lesson, cells: NotebookCell[]): string {
  const notebook: Json = {
    cells: cells.map((c) => {
      const pictures = (c.pictures ?? [])
        .filter((name) => !isDrawing(name))
        .map((name) => [name, attachment(join(lesson.folder, name))] as const);
      return {
        id: c.id,
        cell_type: c.cell_type,
        metadata: {
          course: { ...c.course },
          ...(c.nbgrader ? { nbgrader: c.nbgrader, deletable: false } : {}),
          ...(c.locked ? { editable: false } : {}),
        },
        source: sourceLines(c.source),
        ...(c.cell_type === "code" ? { execution_count: null, outputs: [] } : {}),
        ...(pictures.length > 0 ? { attachments: Object.fromEntries(pictures) } : {}),
      };
    }),
    metadata: {
      course: { lesson: lesson.id },
      kernelspec: { display_name: "TypeScript", language: "typescript", name: "tslab" },
      language_info: {
        codemirror_mode: { mode: "typescript", name: "javascript", typescript: true },
        file_extension: ".ts",
        mimetype: "text/typescript",
        name: "typescript",
        version: "",
      },
      title: lesson.title,
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(sorted(notebook), undefined, 1)}\n`;
}

function attachment(file: string): Json {
  return { [PICTURES[extname(file).toLowerCase()]!]: readFileSync(file).toString("base64") };
}

const isDrawing = (name: string) => extname(name).toLowerCase() === ".svg";

/**
 * An SVG stands in the text itself, since JupyterLab shows none that is attached; one that does not
 * say its size would be 300 pixels wide.
 */
function dataUrl(file: string): string {
  const svg = readSource(file);
  const [root] = /<svg\b[^>]*>/.exec(svg) ?? [""];
  const [, width, height] = /\sviewBox="\S+ \S+ (\S+) (\S+)"/.exec(root) ?? [];
  const sized =
    width === undefined || /\swidth=/.test(root)
      ? svg
      : svg.replace("<svg", `<svg width="${width}" height="${height}"`);
  return `data:image/svg+xml;base64,${Buffer.from(sized).toString("base64")}`;
}

const pointTo = (text: string, name: string, target: string) =>
  [name, encodeURI(name)].reduce(
    (t, n) => t.replaceAll(`](${n})`, `](${target})`).replaceAll(`](${n} `, `](${target} `),
    text,
  );

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
