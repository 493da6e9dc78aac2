/**
 * From the bytes of a hostile file to a submission as plain data: its cells, which lesson they belong
 * to, what code runs, where each exercise is defined, what was written. Strictly: nothing is guessed,
 * and each refusal is one sentence. Only for the reader's process, since reading and compiling a
 * hostile notebook may take forever or fail in any way.
 */
import { createHash } from "node:crypto";
import type { LessonEntry } from "../files/manifest";
import { normalizeText } from "../files/source";
import type { Code } from "../sandbox/job";
import { compileCells, type CompiledCell } from "./transpile";

export interface Cell {
  id: string;
  type: "code" | "markdown" | "raw";
  source: string;
  /** nbgrader's, where there is one. */
  gradeId?: string;
  /** metadata.course.role and name, as the builder wrote them or as the student left them. */
  role?: string;
  name?: string;
}

const MAX_CELLS = 2000;

const record = (v: unknown): Record<string, unknown> =>
  typeof v === "object" && v !== null && !Array.isArray(v) ? (v as Record<string, unknown>) : {};
const text = (v: unknown) => (typeof v === "string" ? v : undefined);

function decode(bytes: Uint8Array): string {
  let json: string;
  try {
    json = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Error("is not UTF-8; open it in JupyterLab and save it again");
  }
  if (json.trim() === "") throw new Error("is empty");
  return json;
}

function parse(json: string): Record<string, unknown> {
  try {
    return record(JSON.parse(json));
  } catch {
    throw new Error(
      json.trimStart().startsWith("{")
        ? "is cut off or damaged: its JSON does not end well"
        : "is not a notebook: it holds no JSON",
    );
  }
}

/** Jupyter saves a text whole or as a list of lines. */
function sourceOf(source: unknown): unknown {
  const isLines = Array.isArray(source) && source.every((line) => typeof line === "string");
  return isLines ? source.join("") : source;
}

function readCell(item: unknown, number: number): Cell {
  const cell = record(item);
  const metadata = record(cell.metadata);
  const course = record(metadata.course);
  const source = sourceOf(cell.source);
  const type = cell.cell_type;
  if (typeof source !== "string" || (type !== "code" && type !== "markdown" && type !== "raw")) {
    throw new Error(`is damaged: cell ${number} has no text or no type`);
  }
  return {
    id: text(cell.id) ?? "",
    type,
    source: normalizeText(source),
    gradeId: text(record(metadata.nbgrader).grade_id),
    role: text(course.role),
    name: text(course.name),
  };
}

/** @throws with what is wrong, as the end of a sentence about the file */
export function readNotebook(bytes: Uint8Array): Cell[] {
  const notebook = parse(decode(bytes));
  if (!Array.isArray(notebook.cells)) {
    throw new Error("is not a notebook of Jupyter's format 4: it has no list of cells");
  }
  if (notebook.cells.length > MAX_CELLS) {
    throw new Error(`has ${notebook.cells.length} cells, more than ${MAX_CELLS}`);
  }
  return notebook.cells.map((item, i) => readCell(item, i + 1));
}

// From cells to a submission.

export interface RunCell extends Code {
  /** Counted from 1 over all cells, as a reader of the notebook counts. */
  number: number;
  /** What may run in its place where it takes too long. */
  fallbacks: Code[];
  /** Whether it defines or imports anything. */
  declares: boolean;
  /** Why it is not run. */
  error?: string;
}
export interface Definition {
  /** Into `cells`. */
  cell: number;
  /**
   * A later cell defines something anew that this cell defines too, so it runs again before the
   * exercise.
   */
  shadowed: boolean;
}
export interface Submission {
  lesson: string;
  cells: RunCell[];
  definitions: Record<string, Definition>;
  /** Of an exercise without definition: what its cell has in its place. */
  missing: Record<string, string>;
  written: Record<string, string>;
}

/** A short answer in words; the rest of a longer one is not shown. */
const MAX_ANSWER_LENGTH = 20_000;
const RUNS = new Set(["setup", "given", "exercise"]);

/** First 16 hex digits, as in the manifest. */
export const sourceHash = (source: string): string =>
  createHash("sha256").update(source).digest("hex").slice(0, 16);

function gradeIds(entry: LessonEntry): Set<string> {
  return new Set([
    ...entry.exercises.flatMap((e) => [e.gradeId, `${e.gradeId}-check`]),
    ...entry.written.map((w) => w.gradeId),
  ]);
}

/** Ways to count what cells have of a lesson, the surest first. */
const TRACES: ((cells: Cell[], entry: LessonEntry) => number)[] = [
  (cells, entry) => {
    const ids = gradeIds(entry);
    return cells.filter((c) => c.gradeId !== undefined && ids.has(c.gradeId)).length;
  },
  (cells, entry) => cells.filter((c) => Object.hasOwn(entry.cells, c.id)).length,
  (cells, entry) => {
    const sources = cells.filter((c) => c.type === "code").map((c) => c.source);
    const code = sources.join("\n");
    const defines = (name: string) => new RegExp(`(function|const|let|var)\\s+${name}\\b`);
    return entry.exercises.filter((e) => defines(e.name).test(code)).length;
  },
];

/**
 * The lesson with the most grade ids among the cells. Where those are gone, the one with the most
 * cell ids, then with the most function names.
 */
function findLesson(cells: Cell[], lessons: LessonEntry[]): LessonEntry | undefined {
  for (const count of TRACES) {
    const counted = lessons.map((lesson) => ({ lesson, n: count(cells, lesson) }));
    const [best] = counted.sort((a, b) => b.n - a.n);
    if (best && best.n > 0) return best.lesson;
  }
  return undefined;
}

/**
 * Cells whose code runs: setup, given and exercise cells, and whatever the student added or
 * changed.
 */
function runs(cell: Cell, entry: LessonEntry, exerciseIds: ReadonlySet<string>): boolean {
  if (cell.type !== "code") return false;
  if (cell.gradeId !== undefined && exerciseIds.has(cell.gradeId)) return true;
  const shipped = entry.cells[cell.id] === sourceHash(cell.source);
  return !shipped || RUNS.has(cell.role ?? "");
}

/** A cell that runs, as it was and as it was compiled. */
interface Running {
  number: number;
  cell: Cell;
  compiled: CompiledCell;
}

function runningCells(all: Cell[], entry: LessonEntry): Running[] {
  const exerciseIds = new Set(entry.exercises.map((e) => e.gradeId));
  const running = all
    .map((cell, i) => ({ cell, number: i + 1 }))
    .filter(({ cell }) => runs(cell, entry, exerciseIds));
  const compiled = compileCells(
    running.map(({ cell }) => cell.source),
    new Set(entry.exercises.map((e) => e.name)),
  );
  return running.map((r, i) => ({ ...r, compiled: compiled[i]! }));
}

/** What the exercise's own cell has in place of its definition. */
function whyMissing(name: string, own: Running | undefined): string {
  if (!own) return `No cell defines ${name}.`;
  const { number, compiled } = own;
  if (compiled.error) return `Cell ${number} does not run: ${compiled.error.replace(/\.$/, "")}.`;
  const others = compiled.declares.length > 0 ? `, it defines ${compiled.declares.join(", ")}` : "";
  return `Cell ${number} does not define ${name}${others}.`;
}

const given = ({ compiled: { declares, assigns } }: Running) => [...declares, ...assigns];

function findDefinition(name: string, running: Running[]): Definition | undefined {
  const cell = running.findLastIndex((r) => given(r).includes(name));
  if (cell < 0) return undefined;
  const here = new Set(given(running[cell]!));
  const later = running.slice(cell + 1);
  return { cell, shadowed: later.some((r) => given(r).some((n) => here.has(n))) };
}

function writtenAnswers(all: Cell[], entry: LessonEntry): Record<string, string> {
  const textOf = (gradeId: string) =>
    all.findLast((c) => c.gradeId === gradeId)?.source.slice(0, MAX_ANSWER_LENGTH) ?? "";
  return Object.fromEntries(entry.written.map((w) => [w.name, textOf(w.gradeId)]));
}

/** @throws with what is wrong, as the end of a sentence about the file */
export function readSubmission(bytes: Uint8Array, lessons: LessonEntry[]): Submission {
  const all = readNotebook(bytes);
  const entry = findLesson(all, lessons);
  if (!entry) throw new Error("belongs to no lesson of this course: it has none of its exercises");
  const running = runningCells(all, entry);
  const definitions: Record<string, Definition> = {};
  const missing: Record<string, string> = {};
  for (const { name, gradeId } of entry.exercises) {
    const definition = findDefinition(name, running);
    if (definition) {
      definitions[name] = definition;
    } else {
      const own = running.findLast((r) => r.cell.gradeId === gradeId);
      missing[name] = whyMissing(name, own);
    }
  }
  const cells = running.map(({ number, compiled }) => {
    const { code, awaits, fallbacks, declares, assigns, error } = compiled;
    const defines = declares.length + assigns.length > 0 || code.includes("require(");
    return { number, code, awaits, fallbacks, declares: defines, ...(error ? { error } : {}) };
  });
  return { lesson: entry.id, cells, definitions, missing, written: writtenAnswers(all, entry) };
}
