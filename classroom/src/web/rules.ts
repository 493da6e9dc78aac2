/** What routes and server agree on. */
import type { Markup } from "grader/dist/grade/reports/markup.js";
import type { Access } from "./access.js";

/**
 * public: anybody; own: an instructor, or the student whom the address names; student: any student,
 * about themselves.
 */
export type Rights = "public" | "instructor" | "own" | "student";

export interface WebOptions {
  /** The address under which browsers find it: "http://127.0.0.1:8765". */
  url: string;
  access: Access;
  /** Files below /assets/ by name; nothing else is served from a disk. */
  assets: Map<string, { type: string; text: string }>;
  /** What stands in a lesson's report page. */
  report(lesson: string): Promise<{ title: string; body: Markup }>;
}

export const COOKIE = "course-session";

/** An error of ours with the status that goes with it. */
export class Refusal extends Error {
  constructor(
    readonly statusCode: number,
    message: string,
  ) {
    super(message);
  }
}
