/** What a class is made of, as plain data. Times are UTC in ISO 8601, so that they sort as text. */
import type { Result } from "grader/batch";

export interface Student {
  /** Ours: stays the same when the roster is read again, and is safe as a file's name. */
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
  /** Of lesson, student, place and content, so collecting twice adds nothing. */
  id: string;
  lesson: string;
  student: string;
  platform: Platform;
  /** Where the platform had it, in its own names: "Ada_123_assignsubmission_file_/06.ipynb". */
  place: string;
  sha256: string;
  /** When it was handed in, where the platform says; else undefined. */
  at?: string;
  /** The platform calls it late. */
  late: boolean;
  /** Of several without a time, the greatest is the newest. */
  attempt: number;
  collectedAt: string;
}

/** A grade is never changed: a newer one names the one that it supersedes. */
export interface Grade {
  id: string;
  handIn: string;
  lesson: string;
  student: string;
  /** The id of the grade before it, empty for the first. */
  supersedes: string;
  /** With these three the same points come out again. */
  sha256: string;
  seed: number;
  version: string;
  /** Undefined where it could not be graded, which is not zero; the result says why. */
  earned?: number;
  of?: number;
  /** What the grader's reports are made of. */
  result: Result;
  gradedAt: string;
  /** Who accepted a regrade, empty for other grades. */
  by: string;
}

/** Points for a written answer. The newest counts; the others stay. */
export interface Mark {
  handIn: string;
  question: string;
  points: number;
  comment: string;
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
  until: string;
  reason: string;
  by: string;
  at: string;
}

/** Whether students see a lesson's grades. The newest counts; without one they don't. */
export interface Publication {
  lesson: string;
  published: boolean;
  by: string;
  at: string;
}

export type Status =
  | "nothing handed in"
  | "waits for the grader"
  | "could not be graded"
  | "waits for marks"
  | "graded";

/** Where a student stands in a lesson; every number that leads to `points` is here. */
export interface Row {
  lesson: string;
  student: Student;
  status: Status;
  /** The one that counts. */
  handIn?: HandIn;
  /** All of this student's, the newest first. */
  handIns: HandIn[];
  grade?: Grade;
  /** Earned by exercises. */
  automatic?: number;
  /** Given for written answers. */
  written?: number;
  /** Written questions that have no mark yet. */
  toMark: string[];
  /** What can be earned, written questions included. */
  of: number;
  /** automatic + written, before anything is taken off. */
  before?: number;
  deadline?: string;
  extension?: Extension;
  /** Days begun after the deadline, 0 if in time. */
  daysLate: number;
  /** Percent taken off for it. */
  percentOff: number;
  override?: Override;
  /** What counts. Undefined where nothing is graded. */
  points?: number;
}
