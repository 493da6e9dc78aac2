import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { courseRoot } from "grader";
import { readDrawing } from "./componentMap.js";
import { readCourse } from "./lessons.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "drawing-"));
  mkdirSync(join(folder, "lessons-src"));
  const course = { name: "sorting", version: "1", components: ["comparing"] };
  writeFileSync(join(folder, "package.json"), JSON.stringify(course));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(json: unknown): ReturnType<typeof readDrawing> {
  writeFileSync(join(folder, "lessons-src", "components.json"), JSON.stringify(json));
  return readDrawing(folder);
}

const shapes = [{ kind: "plus", at: [1, 2], of: "comparing" }];
const map = { title: "A sorter", width: 9, height: 9, about: { comparing: "Compares." }, shapes };

it("reads the drawing where there is one, and names what is wrong in it", () => {
  expect(readDrawing(folder)).toBeUndefined();
  expect(read(map)).toEqual(map);
  expect(() => read({ ...map, shapes: 3 })).toThrow("components.json: expected a title, width");
  expect(() => read({ ...map, about: { ...map.about, merging: "" } })).toThrow(
    "package.json lists no component merging: comparing",
  );
  expect(() => read({ ...map, shapes: [] })).toThrow("comparing has no sentence in about, or no");
});

it("the course's own drawing has all of its components", () => {
  const drawn = readDrawing(courseRoot())!;
  expect(Object.keys(drawn.about)).toEqual(readCourse(courseRoot()).components);
});
