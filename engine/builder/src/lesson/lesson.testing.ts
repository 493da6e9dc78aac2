/** For the builder's tests: the fixture course, and lessons written in the test. */
import { cpSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Lesson } from "./model.js";
import { parseLesson } from "./parse.js";
import { LessonError } from "./parseContext.js";
import { openSolutions } from "./solutions.js";

/** A course of two lessons about sorting. */
export const fixture = fileURLToPath(new URL("../../fixtures/sorting", import.meta.url));

/** A copy of it that a test may write to. */
export function fixtureCopy(): string {
  const root = mkdtempSync(join(tmpdir(), "course-build-"));
  cpSync(fixture, root, { recursive: true });
  return root;
}

const solutions = openSolutions(join(fixture, "solutions"));
const file = join(fixture, "lessons-src", "01-insertion", "lesson.md");

/** The text as lesson 01-insertion of the fixture course. */
export const parse = (source: string | Uint8Array): Lesson => parseLesson(source, file, solutions);

/** `line: sentence` of each problem, in the order of the file. */
export function problems(source: string | Uint8Array): string[] {
  try {
    parse(source);
    return [];
  } catch (e) {
    if (!(e instanceof LessonError)) throw e;
    return e.message
      .split("\n")
      .map((line) => line.replace("lessons-src/01-insertion/lesson.md:", ""));
  }
}

export const HEAD = "---\ntitle: T\nquestion: Q?\nminutes: 5\nuses: [requireFinite]\n---\n";
export const SETUP = "```ts setup\nconst zero = 0;\n```\n";
