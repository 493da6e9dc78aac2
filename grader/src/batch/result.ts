/** What a batch says of each submission. */
import type { CellReport, ExerciseReport } from "../submission/grade";
import type { Failure } from "../exercise/judge";

interface ResultHeader {
  /** As shown in reports: the path below the folder that was named. */
  file: string;
  /** Unique in the class, and safe as a file's name. */
  id: string;
  /** The same seed, version and sha256 give the same points again. */
  seed: number;
  version: string;
}

export interface Graded extends ResultHeader {
  lesson: string;
  title: string;
  /** Of the file's bytes. */
  sha256: string;
  points: number;
  maxPoints: number;
  exercises: ExerciseReport[];
  cells: CellReport[];
  /** Short answers in words, marked by hand. */
  written: { name: string; points: number; text: string }[];
}

/** Not zero points: nobody has looked at it. `says` ends a sentence about the file. */
export interface NotGraded extends ResultHeader {
  reason: string;
}

export type Result = Graded | NotGraded;

type Named = "file" | "id";
/** A result before anybody knows whose it is: it depends on the file's bytes, not on its name. */
export type SubmissionOutcome = Omit<Graded, Named> | Omit<NotGraded, Named>;

export const withName = (
  { file, id }: Pick<Result, Named>,
  outcome: SubmissionOutcome,
): Result => ({
  file,
  id,
  ...outcome,
});

export const isGraded = (result: Result): result is Graded => "lesson" in result;
export const isNotGraded = (result: Result): result is NotGraded => "reason" in result;

export interface Batch {
  course: string;
  graded: Graded[];
  notGraded: NotGraded[];
}

// Keeps one answer from blowing up a report: sentences hold what a submission says, and it may say
// a lot.

/** Characters of a sentence. */
const MAX_TEXT_LENGTH = 1000;
/** Of an exercise's failures, and of a notebook's cells, so many are told. */
const MAX_REPORTED_FAILURES = 20;
const MAX_REPORTED_CELLS = 50;

export function clip(text: string): string {
  if (text.length <= MAX_TEXT_LENGTH) return text;
  return `${text.slice(0, MAX_TEXT_LENGTH)} … (${text.length - MAX_TEXT_LENGTH} more characters)`;
}

const clipped = (text: string | undefined) => (text === undefined ? undefined : clip(text));

function boundExercise(e: ExerciseReport): ExerciseReport {
  const failures = e.failures.slice(0, MAX_REPORTED_FAILURES);
  const note = clipped(e.note);
  return {
    ...e,
    ...(note === undefined ? {} : { note }),
    failures: failures.map((f): Failure => ({ ...f, message: clip(f.message) })),
  };
}

function boundCells(cells: CellReport[]): CellReport[] {
  const told = cells.slice(0, MAX_REPORTED_CELLS).map((c) => ({ ...c, message: clip(c.message) }));
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
