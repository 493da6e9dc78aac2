/** What a class is made of, as plain data. Times are UTC in ISO 8601, so that they sort as text. */
import type { Result } from "grader/batch";

export interface Student {
  /** The course's own id. It stays when the roster is read again, and is safe as a file name. */
  id: string;
  name: string;
  email: string;
  /** The school's number: SIS User ID in Canvas, ID number in Moodle, SID in Gradescope. */
  number: string;
  /** The name that a student signs in with. */
  login: string;
  /** Canvas's own number, which its downloads carry in file names. */
  canvasId: string;
  section: string;
  /** False once a newer roster lacks the student; grades stay. */
  active: boolean;
}

export type Platform = "canvas" | "moodle" | "gradescope" | "plain";

export interface HandIn {
  /** Hash of lesson, student, path and content, so collecting twice adds nothing. */
  id: string;
  lesson: string;
  student: string;
  platform: Platform;
  /** The file's path in the platform's download: "Ada_123_assignsubmission_file_/06.ipynb". */
  path: string;
  sha256: string;
  /** When the student handed it in; undefined where the platform doesn't say. */
  at?: string;
  /** Whether the platform calls it late. */
  late: boolean;
  /** Orders hand-ins without a time: the greatest is the newest. */
  attempt: number;
  collectedAt: string;
}

/** A grade never changes: a newer one names the grade that it supersedes. */
export interface Grade {
  id: string;
  handIn: string;
  lesson: string;
  student: string;
  /** Id of the grade before it, empty for the first. */
  supersedes: string;
  /** The same hash, seed and version give the same points again. */
  sha256: string;
  seed: number;
  version: string;
  /** Undefined where the grader could not grade it, which is not zero; the result says why. */
  points?: number;
  maxPoints?: number;
  /** The grader's result, from which reports are made. */
  result: Result;
  gradedAt: string;
  /** Who accepted a regrade, empty for other grades. */
  by: string;
}

/** A line of a question's rubric: what earns or costs points, in a sentence that students read. */
export interface RubricItem {
  id: string;
  points: number;
  sentence: string;
}

/** Points for a written answer. The newest counts; the others stay. */
export interface Mark {
  handIn: string;
  question: string;
  points: number;
  comment: string;
  /** Rubric items that apply, as they were when the mark was given. */
  items?: RubricItem[];
  by: string;
  at: string;
}

/** A lesson's points set by a person. The newest counts; `points` undefined takes it back. */
export interface Override {
  lesson: string;
  student: string;
  points?: number;
  reason: string;
  by: string;
  at: string;
}

/** A later deadline for one student. The newest counts. */
export interface Extension {
  lesson: string;
  student: string;
  /** In UTC; empty where an earlier extension is taken back. */
  until: string;
  reason: string;
  by: string;
  at: string;
}

/** More time for one student in every lesson. The newest counts; 0 minutes take it back. */
export interface Accommodation {
  student: string;
  minutes: number;
  reason: string;
  by: string;
  at: string;
}

/**
 * What a person decides about a lesson that a student did not hand in: excused lessons don't count,
 * missing ones count with 0 points. The newest counts; "none" takes it back.
 */
export interface Excusal {
  lesson: string;
  student: string;
  state: "excused" | "missing" | "none";
  reason: string;
  by: string;
  at: string;
}

/** Whether students see a lesson's grades. The newest counts; without one they don't. */
export interface Publication {
  lesson: string;
  published: boolean;
  /** Whether students see the rows as published; before 0.2.0, they saw each change at once. */
  isFixed?: boolean;
  by: string;
  at: string;
}

export type Status =
  | "nothing handed in"
  | "waits for the grader"
  | "could not be graded"
  | "waits for marks"
  | "graded"
  | "excused"
  | "missing";

/** Where a student stands in a lesson; every number that leads to `points` is here. */
export interface Row {
  lesson: string;
  student: Student;
  status: Status;
  /** The hand-in that counts. */
  handIn?: HandIn;
  /** All hand-ins of the student, the newest first. */
  handIns: HandIn[];
  grade?: Grade;
  /** Points of the exercises. */
  exercisePoints?: number;
  /** Points of the marks. */
  writtenPoints?: number;
  /** Other notebooks of the lesson that were handed in together with the one that counts. */
  others: { handIn: HandIn; grade?: Grade }[];
  /** The marks that count, also those that an earlier hand-in got for the same answer. */
  marks: Mark[];
  /** Written questions whose cell is as shipped, or empty: they need no mark and earn nothing. */
  unanswered: string[];
  /** Written questions that have no mark yet. */
  unmarked: string[];
  /** The most that the student can get, written questions included. */
  maxPoints: number;
  /** exercisePoints + writtenPoints, before anything is taken off. */
  earnedPoints?: number;
  deadline?: string;
  extension?: Extension;
  /** Whether the extension is more time in every lesson. */
  accommodation?: Accommodation;
  /** Days begun after the deadline, 0 if in time. */
  daysLate: number;
  /** Of these, the days that the student's budget of late days covers. */
  coveredDays?: number;
  /** Percent of the earned points that lateness takes off. */
  percentOff: number;
  override?: Override;
  excusal?: Excusal;
  /** The points that count. Undefined where nothing is graded. */
  points?: number;
}
