/**
 * A submission as plain data: which lesson, what code runs, where each exercise is defined, what
 * was written. Only for the worker, since reading and compiling a hostile notebook may take forever
 * or fail in any way.
 */
import { createHash } from "node:crypto";
import type { LessonEntry } from "../manifest";
import { forbiddenUses } from "./forbid";
import { readNotebook, type Cell } from "./notebook";
import { compileCells } from "./transpile";

export interface RunCell {
  /** Counted from 1 over all cells, as a reader of the notebook counts. */
  number: number;
  code: string;
  awaits: boolean;
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
  /** A sentence, where the exercise uses what is forbidden. */
  forbidden?: string;
}
export interface Submission {
  lesson: string;
  cells: RunCell[];
  definitions: Record<string, Definition>;
  /** Of an exercise without definition: what its cell has in its place. */
  missing: Record<string, string>;
  written: Record<string, string>;
}

/** What the worker needs to know of a lesson. */
export interface LessonFacts {
  entry: LessonEntry;
  /** exercise → functions of tfjs */ forbid: Record<string, string[]>;
}

/** A short answer in words; the rest of a longer one is not shown. */
const LONGEST_ANSWER = 20_000;
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

/**
 * The lesson with the most grade ids among the cells; where those are gone, with the most cell ids,
 * then function names.
 */
function findLesson(cells: Cell[], lessons: LessonFacts[]): LessonFacts | undefined {
  const ways: ((lesson: LessonFacts) => number)[] = [
    ({ entry }) => {
      const ids = gradeIds(entry);
      return cells.filter((c) => c.gradeId !== undefined && ids.has(c.gradeId)).length;
    },
    ({ entry }) => cells.filter((c) => Object.hasOwn(entry.cells, c.id)).length,
    ({ entry }) => {
      const code = cells
        .filter((c) => c.type === "code")
        .map((c) => c.source)
        .join("\n");
      return entry.exercises.filter((e) =>
        new RegExp(`(function|const|let|var)\\s+${e.name}\\b`).test(code),
      ).length;
    },
  ];
  for (const count of ways) {
    const [best] = lessons
      .map((lesson) => ({ lesson, n: count(lesson) }))
      .sort((a, b) => b.n - a.n);
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

/** @throws with what is wrong, as the end of a sentence about the file */
export function analyse(bytes: Uint8Array, lessons: LessonFacts[]): Submission {
  const all = readNotebook(bytes);
  const lesson = findLesson(all, lessons);
  if (!lesson) throw new Error("belongs to no lesson of this course: it has none of its exercises");
  const { entry, forbid } = lesson;
  const exerciseOf = new Map(entry.exercises.map((e) => [e.gradeId, e.name]));
  const running = all
    .map((cell, i) => ({ cell, number: i + 1 }))
    .filter(({ cell }) => runs(cell, entry, new Set(exerciseOf.keys())));
  const compiled = compileCells(
    running.map(({ cell }) => cell.source),
    new Set(entry.exercises.map((e) => e.name)),
  );

  const definitions: Record<string, Definition> = {};
  const missing: Record<string, string> = {};
  for (const { name, gradeId } of entry.exercises) {
    const cell = compiled.findLastIndex((c) => c.declares.includes(name));
    if (cell < 0) {
      const at = running.findLastIndex((r) => r.cell.gradeId === gradeId);
      const own = compiled[at];
      missing[name] = !own
        ? `No cell defines ${name}.`
        : own.error
          ? `Cell ${running[at]!.number} does not run: ${own.error}.`
          : `Cell ${running[at]!.number} does not define ` +
            `${name}${own.declares.length > 0 ? `, it defines ${own.declares.join(", ")}` : ""}.`;
      continue;
    }
    const here = new Set(compiled[cell]!.declares);
    const shadowed = compiled.slice(cell + 1).some((c) => c.declares.some((n) => here.has(n)));
    // helpers may stand anywhere but in the cells of other exercises, which may be allowed what
    // this one is not
    const mine = compiled
      .map((_, i) => i)
      .filter((i) => i === cell || !exerciseOf.has(running[i]!.cell.gradeId ?? ""));
    const [use] = mine.flatMap((i) =>
      compiled[i]!.tree
        ? forbiddenUses(compiled[i]!.tree!, forbid[name] ?? []).map((u) => ({
            ...u,
            number: running[i]!.number,
          }))
        : [],
    );
    const forbidden =
      use &&
      (use.name.endsWith("[…]")
        ? `${name} may not use every function of tfjs, and cell ${use.number}, line ` +
          `${use.line} picks one by a computed name; write the name out.`
        : `${use.name} of tfjs is the answer to ${name} and may not be used, but stands in ` +
          `cell ${use.number}, line ${use.line}.`);
    definitions[name] = { cell, shadowed, ...(forbidden ? { forbidden } : {}) };
  }
  return {
    lesson: entry.id,
    cells: compiled.map(({ code, awaits, error }, i) => ({
      number: running[i]!.number,
      code,
      awaits,
      ...(error ? { error } : {}),
    })),
    definitions,
    missing,
    written: Object.fromEntries(
      entry.written.map((w) => [
        w.name,
        all.findLast((c) => c.gradeId === w.gradeId)?.source.slice(0, LONGEST_ANSWER) ?? "",
      ]),
    ),
  };
}
