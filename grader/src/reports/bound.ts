/**
 * Keeps one answer from blowing up a report: sentences hold what a submission says, and it may say
 * a lot.
 */
import type { Failure } from "../exercise/judge";
import { isGraded, type Result } from "../batch/result";
import type { CellReport, ExerciseReport } from "../submission/grade";

/** Characters of a sentence. */
const LONGEST = 1000;
/** Of an exercise's failures, and of a notebook's cells, so many are told. */
const MOST_FAILURES = 20;
const MOST_CELLS = 50;

export function clip(text: string): string {
  if (text.length <= LONGEST) return text;
  return `${text.slice(0, LONGEST)} … (${text.length - LONGEST} more characters)`;
}

const clipped = (text: string | undefined) => (text === undefined ? undefined : clip(text));

function boundExercise(e: ExerciseReport): ExerciseReport {
  const failures = e.failures.slice(0, MOST_FAILURES);
  const note = clipped(e.note);
  return {
    ...e,
    ...(note === undefined ? {} : { note }),
    failures: failures.map((f): Failure => ({ ...f, message: clip(f.message) })),
  };
}

function boundCells(cells: CellReport[]): CellReport[] {
  const told = cells.slice(0, MOST_CELLS).map((c) => ({ ...c, message: clip(c.message) }));
  const last = told.at(-1);
  const more = cells.length - told.length;
  if (last && more > 0) last.message += ` And ${more} more cells did not run to their end.`;
  return told;
}

export function bounded(result: Result): Result {
  if (!isGraded(result)) return { ...result, reason: clip(result.reason) };
  const exercises = result.exercises.map(boundExercise);
  return { ...result, exercises, cells: boundCells(result.cells) };
}
