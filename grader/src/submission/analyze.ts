/**
 * A submission as plain data: which lesson, what code runs, where each exercise is defined, what
 * was written. Only for the reader's process, since reading and compiling a hostile notebook may
 * take forever or fail in any way.
 */
import { createHash } from "node:crypto";
import type { LessonEntry } from "../files/manifest";
import { readNotebook, type Cell } from "./notebook";
import type { Code } from "../sandbox/job";
import { compileCells, type CompiledCell } from "./transpile";

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
  if (compiled.error) return `Cell ${number} does not run: ${compiled.error}.`;
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
