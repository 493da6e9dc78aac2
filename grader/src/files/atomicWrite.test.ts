import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { writeFileAtomic } from "./atomicWrite";

const folder = mkdtempSync(join(tmpdir(), "course-atomic-"));
const file = join(folder, "file");
beforeEach(() => writeFileSync(file, "old"));
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ["text", "new"],
  ["bytes", Buffer.from("new")],
  ["pieces", ["n", "e", "w"]],
])("%s replace a file and leave nothing beside it", (_, content) => {
  for (const concurrent of [false, true]) {
    writeFileAtomic(file, content, { concurrent });
    expect(readFileSync(file, "utf8")).toBe("new");
    expect(readdirSync(folder)).toEqual(["file"]);
  }
});

test("a write that fails leaves the file as it was", () => {
  const pieces = function* () {
    yield "half";
    throw new Error("no more");
  };
  expect(() => writeFileAtomic(file, pieces())).toThrow("no more");
  expect(readFileSync(file, "utf8")).toBe("old");
  expect(readdirSync(folder)).toEqual(["file"]);
});

test.skipIf(process.platform === "win32")("the mode holds whatever was left beside", () => {
  writeFileSync(`${file}.part`, "left", { mode: 0o644 });
  writeFileAtomic(file, "secret", { mode: 0o600 });
  expect(statSync(file).mode & 0o777).toBe(0o600);
});
