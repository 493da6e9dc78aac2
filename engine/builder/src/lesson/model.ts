/**
 * A lesson as data. Parsing gives it; pure functions make notebook, solved notebook, manifest and
 * slides from it.
 */
import type { CheckLines, Fold } from "grader/files";
import type { InlineResult } from "../claims/results.js";

/** Colors by letter: the course's notation. */
export type Notation = Record<string, string>;

interface CellBase {
  /** Unique in the lesson, letters, digits and hyphens, at most 64: the notebook's cell id. */
  id: string;
  /** Line in lesson.md, from 1. */
  line: number;
}
export interface TextCell extends CellBase {
  kind: "text";
  markdown: string;
  /** Pictures in the lesson's folder, by file name. */
  pictures: string[];
}
export interface CodeCell extends CellBase {
  kind: "code";
  role: "setup" | "demo" | "experiment";
  code: string;
  /** Why its code is folded; absent where it is not. */
  fold?: Fold;
}
/** A definition shipped ready. */
export interface GivenCell extends CellBase {
  kind: "given";
  name: string;
  code: string;
  /** The code's lines that check arguments. */
  checks: CheckLines[];
  /** Why its code is folded; absent where it is not. */
  fold?: Fold;
}
export interface ExerciseCell extends CellBase {
  kind: "exercise";
  name: string;
  points: number;
  difficulty: number;
  minutes: number;
  statement: string;
  /** Markdown: what the answer may use, from the sources; empty when that is nothing. */
  mayUse: string;
  hints: string[];
  /** Pictures of the statement and the hints. */
  pictures: string[];
  /** Docstring, signature, what is given, and a throw. */
  stub: string;
  /** The stub's lines that check arguments. */
  checks: CheckLines[];
  /** Docstring, signature and body. */
  solution: string;
}
export interface WrittenCell extends CellBase {
  kind: "written";
  name: string;
  points: number;
  question: string;
  pictures: string[];
}
export type Cell = TextCell | CodeCell | GivenCell | ExerciseCell | WrittenCell;

export type SlidePart =
  | { kind: "markdown"; markdown: string; pictures: string[] }
  /**
   * What the cell of this id draws in the solved notebook, and the steps, from 0, that show first
   * and in print.
   */
  | { kind: "figure"; cell: string; caption: string; start?: number; printed?: number }
  | { kind: "code"; code: string };
export interface Slide {
  parts: SlidePart[];
  /** Markdown; empty when there are none. */
  notes: string;
  /** Whether what stands below its list or table comes up with a press, as an answer. */
  asks: boolean;
  /** The lines of its code that stand out, from 1. */
  markedLines: number[];
  line: number;
}

/** Checks of sentences; they run when the lesson is solved, and no notebook shows them. */
export interface ClaimCell {
  /** Line of the fence in lesson.md, from 1. */
  line: number;
  code: string;
  /** The cell after which it runs; undefined at the lesson's start. */
  after: Cell | undefined;
  /** An expression of the lesson: where it is false, the checks have nothing to check. */
  when?: string;
}

export interface Lesson {
  id: string;
  title: string;
  question: string;
  minutes: number;
  uses: string[];
  /** What it builds, of the course's components. */
  components: string[];
  /** The device whose recorded values its figures show where there is no adapter. */
  recorded?: string;
  /** The machine on which times of its figures were taken that are drawn beforehand. */
  measured?: string;
  /** Colors of letters that have one color all through the course. */
  colors: Notation;
  /** The absolute paths of lesson.md and of its folder. */
  file: string;
  folder: string;
  cells: Cell[];
  slides: Slide[];
  claims: ClaimCell[];
  /** The numbers in its texts that its run gives. */
  results: InlineResult[];
  /** What comes before and after it; a page of text may follow a course's last lesson. */
  previous?: Neighbor;
  next?: Neighbor;
}

export interface Neighbor {
  title: string;
  /** Its file in notebooks/: "06-attention.ipynb". */
  file: string;
}
