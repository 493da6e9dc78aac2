/**
 * notebooks/manifest.json, written by the builder and read by the check, the grader and the merge.
 */
import { readFileSync } from "node:fs";
import { paths } from "./paths";

export interface ExerciseEntry {
  name: string;
  points: number;
  difficulty: number;
  minutes: number;
  /** Markdown, from vague to concrete. */
  hints: string[];
  /** nbgrader's grade_id of the definition cell; the check cell's is `${gradeId}-check`. */
  gradeId: string;
}
export interface WrittenEntry {
  name: string;
  points: number;
  gradeId: string;
}
export interface LessonEntry {
  /** The folder's name and the notebook's: "06-attention". */
  id: string;
  title: string;
  question: string;
  /** About how long it takes. */
  minutes: number;
  /** What it builds, of the course's components. */
  components: string[];
  /** Names that the lesson's notebook imports from solutions. */
  uses: string[];
  exercises: ExerciseEntry[];
  written: WrittenEntry[];
  /** Shipped cells of the student notebook: id → sha256 (first 16 hex digits) of the source. */
  cells: Record<string, string>;
}
/** A part of the course: its lessons from `from`, "17", up to where the next part begins. */
export interface Part {
  title: string;
  from: string;
}
export interface Manifest {
  course: string;
  version: string;
  /** What the home page says to who opens the course for the first time. */
  about?: string;
  /** What the course's lessons build, in the order of its map. */
  components: string[];
  /** In order; left out where the course isn't divided. */
  parts?: Part[];
  lessons: LessonEntry[];
  /** The drawing of the components that home pages show; see engine/views/src/componentMap.ts. */
  componentMap?: object;
}

export function readManifest(root: string): Manifest {
  const file = paths(root).manifest;
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Manifest;
  } catch (e) {
    throw new Error(`${file} cannot be read; npm run build makes it again`, { cause: e });
  }
}

/** What a notebook's cell of this course carries in metadata.course. */
export interface CellMark {
  /**
   * setup and definition cells run in the grader; demo cells do not. given: a definition shipped
   * ready.
   */
  role: "text" | "setup" | "demo" | "experiment" | "given" | "exercise" | "check" | "written";
  /** The exercise's function or the question's name. */
  name?: string;
  /** As in the manifest: the hash of the source as shipped. */
  hash?: string;
  /** Why the cell's code is shipped folded. */
  fold?: Fold;
  /** The lines of an exercise or a given definition that check arguments, which the lab folds. */
  checks?: CheckLines[];
  /** The hash of the outputs that the cell is shipped with: figures drawn before it has run. */
  preview?: string;
}

/** Imports and setup, code that draws a figure, or code that another cell needs. */
export type Fold = "setup" | "draws" | "prepares";

/** Lines found by their first and last one, since a student's edits move them. */
export interface CheckLines {
  first: string;
  last: string;
  /** How many, these two included. */
  lines: number;
}
