import { appendFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { makeSmallCourse, smallManifest } from "../grader.testing";
import { versions } from "./version";

const course = makeSmallCourse();
afterAll(() => course.remove());
const [lesson] = smallManifest.lessons;
const version = (entry = lesson!) => versions(course.root, "1.2.3")(entry);
const built = (name: string) => join(course.root, "solutions", "dist", "basics", `${name}.js`);

test("a version says which course, and stays while nothing changes", () => {
  expect(version()).toMatch(/^1\.2\.3\+[0-9a-f]{12}$/);
  expect(version()).toBe(version());
});

test.each([
  ["a spec", built("double.exercise")],
  ["a solution", built("double")],
  ["a solution's source, of which mutants are made", built("double").replace("dist", "src")],
  ["what notebooks may import", built("helper")],
])("it changes with %s", (_, path) => {
  const file = existsSync(path) ? path : path.replace(/\.js$/, ".ts");
  const before = version();
  appendFileSync(file, "\n// changed\n");
  expect(version()).not.toBe(before);
});

test("it changes with points and with references", () => {
  const before = version();
  const dearer = lesson!.exercises.map((e) => ({ ...e, points: e.points + 1 }));
  expect(version({ ...lesson!, exercises: dearer })).not.toBe(before);
  const folder = join(course.root, "data", "reference", "basics");
  mkdirSync(folder, { recursive: true });
  const header = Buffer.from(JSON.stringify({ __metadata__: { cases: "[]" } }));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  writeFileSync(join(folder, "double.safetensors"), Buffer.concat([length, header]));
  expect(version()).not.toBe(before);
});

test("it does not change with what the lesson does not use", () => {
  const before = version();
  writeFileSync(built("other"), "exports.other = 1;");
  expect(version()).toBe(before);
});
