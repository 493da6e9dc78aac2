import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { toyCourse } from "../output.testing";
import { changeEntry, readProgress } from "./progressFile";

let course: ReturnType<typeof toyCourse>;
beforeEach(() => {
  course = toyCourse();
});
afterEach(() => {
  course.remove();
});
const folder = () => join(course.root, "my-course");

test("entries add up, and nothing is left beside the file", () => {
  changeEntry(course.root, "a", (e) => ({ ...e, checks: e.checks + 1 }));
  changeEntry(course.root, "b", (e) => ({ ...e, seen: true }));
  const { exercises } = changeEntry(course.root, "a", (e) => ({ ...e, checks: e.checks + 1 }));
  expect(exercises.a!.checks).toBe(2);
  expect(exercises.b!.seen).toBe(true);
  expect(readdirSync(folder())).toEqual(["progress.json"]);
});

test("entries of an unknown form are dropped, the others stay", () => {
  mkdirSync(folder());
  writeFileSync(
    join(folder(), "progress.json"),
    JSON.stringify({
      exercises: { a: { earned: 1, of: 2, checks: 3, failed: 4 }, b: 7, c: { earned: "x" } },
    }),
  );
  expect(Object.keys(readProgress(course.root).exercises)).toEqual(["a"]);
});

test("the lock of a killed kernel is no obstacle", () => {
  mkdirSync(folder());
  const lock = join(folder(), "progress.json.lock");
  writeFileSync(lock, "");
  utimesSync(lock, new Date(Date.now() - 60_000), new Date(Date.now() - 60_000));
  changeEntry(course.root, "a", (e) => e);
  expect(readdirSync(folder())).toEqual(["progress.json"]);
});

test("two kernels at once lose nothing", async () => {
  const compiled = join(__dirname, "..", "..", "dist", "check", "progressFile.js");
  const writer = (name: string) =>
    promisify(execFile)(process.execPath, [
      "-e",
      `const { changeEntry } = require(${JSON.stringify(compiled)});
     for (let i = 0; i < 100; i++) changeEntry(${JSON.stringify(course.root)}, "${name}" + (i % 10), (e) => ({ ...e, checks: e.checks + 1 }));`,
    ]);
  await Promise.all([writer("a"), writer("b")]);
  const { exercises } = JSON.parse(readFileSync(join(folder(), "progress.json"), "utf8")) as {
    exercises: Record<string, { checks: number }>;
  };
  expect(Object.keys(exercises)).toHaveLength(20);
  expect(Object.values(exercises).every((e) => e.checks === 10)).toBe(true);
});
