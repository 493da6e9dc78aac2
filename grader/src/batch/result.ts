/** What a batch says of each submission. */
import type { CellReport, ExerciseReport } from "../submission/grade";

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

export const withName = ({ file, id }: Pick<Result, Named>, outcome: SubmissionOutcome): Result => ({
  ...{ file, id },
  ...outcome,
});

export const isGraded = (result: Result): result is Graded => "lesson" in result;
export const isNotGraded = (result: Result): result is NotGraded => "reason" in result;

export interface Batch {
  course: string;
  graded: Graded[];
  notGraded: NotGraded[];
}
