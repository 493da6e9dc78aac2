/**
 * Writes reports. Each file is written aside first, then renamed, so that nobody ever reads half of
 * one. Class files are made result by result, so that a class of any size fits in memory.
 */
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { isGraded, isNotGraded, type Graded, type Result } from "../batch/result";
import { writeFileAtomic } from "../files/atomicWrite";
import { classTable } from "./summary";
import { gradescope } from "./gradescope";
import { studentPage } from "./html";
import { junit } from "./junit";

/** Writes a file piece by piece. @throws what the disk says; then nothing is left aside */
export function writeWhole(file: string, pieces: Iterable<string>): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileAtomic(file, pieces);
}

const json = (value: unknown) => JSON.stringify(value, null, 1);

/** File name → text, for one submission. */
export function submissionFiles(course: string, g: Graded): [name: string, text: string][] {
  return [
    [`${g.id}.html`, studentPage(course, g)],
    [join("gradescope", g.id, "results.json"), `${json(gradescope(g))}\n`],
  ];
}

function* list(results: Iterable<Result>, isOne: (r: Result) => boolean): Generator<string> {
  let separator = "\n";
  for (const result of results) {
    if (!isOne(result)) continue;
    yield separator + json(result);
    separator = ",\n";
  }
}

function* classJson(course: string, results: () => Iterable<Result>): Generator<string> {
  yield `{\n "course": ${JSON.stringify(course)},\n "graded": [`;
  yield* list(results(), isGraded);
  yield `],\n "notGraded": [`;
  yield* list(results(), isNotGraded);
  yield "]\n}\n";
}

/** File name → pieces of its text, for a class. Results are gone through several times. */
export function classFiles(
  course: string,
  results: () => Iterable<Result>,
): [name: string, pieces: Iterable<string>][] {
  return [
    ["class.csv", classTable(results)],
    ["class.json", classJson(course, results)],
    ["junit.xml", junit(course, results())],
  ];
}

export function writeSubmission(out: string, course: string, g: Graded): void {
  for (const [name, text] of submissionFiles(course, g)) writeWhole(join(out, name), [text]);
}

export function writeClass(out: string, course: string, results: () => Iterable<Result>): void {
  for (const [name, pieces] of classFiles(course, results)) writeWhole(join(out, name), pieces);
}
