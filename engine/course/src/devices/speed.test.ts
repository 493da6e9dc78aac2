import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { faster, fastestOf, measureSpeed, readSpeeds, saveSpeeds, type Speed } from "./speed";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "speed-"));
  vi.stubEnv("XDG_CACHE_HOME", folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});
const file = () => join(folder, "foundation-models-course", "devices.json");
const speeds: [string, Speed][] = [
  ["native", { small: 1, large: 2 }],
  ["wasm", { small: 1, large: 5 }],
];

test("the fastest is taken, and the preferred one unless another is clearly faster", () => {
  const of = (a: number, b: number) =>
    fastestOf([
      ["preferred", { small: a, large: 0 }],
      ["other", { small: 0, large: b }],
    ]);
  expect(of(10, 9)).toBe("preferred");
  expect(of(10, 8.4)).toBe("preferred");
  expect(of(10, 8.3)).toBe("other");
  expect(of(7, 10)).toBe("preferred");
  expect(fastestOf([])).toBeUndefined();
  expect(faster({ small: 3, large: 1 }, { small: 2, large: 4 })).toEqual({ small: 2, large: 1 });
});

test("what was measured is found again; what is damaged or for something else is not", () => {
  expect(readSpeeds()).toBeUndefined();
  saveSpeeds("native", speeds);
  const kept = readSpeeds()!;
  expect(kept).toMatchObject({ chosen: "native", speeds });
  for (const text of [
    "",
    "{",
    "null",
    "[]",
    JSON.stringify({ ...kept, key: "another machine" }),
    JSON.stringify({ ...kept, speeds: [["native", { small: "1" }]] }),
    JSON.stringify({ ...kept, speeds: 3 }),
    JSON.stringify({ ...kept, chosen: 1 }),
  ]) {
    writeFileSync(file(), text);
    expect(readSpeeds(), text).toBeUndefined();
  }
  saveSpeeds("wasm", speeds);
  expect(readSpeeds()!.chosen).toBe("wasm");
});

test("a cache that can't be written is no error", () => {
  vi.stubEnv("XDG_CACHE_HOME", join(folder, "a file"));
  writeFileSync(join(folder, "a file"), "");
  saveSpeeds("native", speeds);
  expect(readSpeeds()).toBeUndefined();
  expect(readFileSync(join(folder, "a file"), "utf8")).toBe("");
  vi.stubEnv("XDG_CACHE_HOME", folder);
  mkdirSync(file(), { recursive: true }); // a folder where the file would be
  saveSpeeds("native", speeds);
  expect(readSpeeds()).toBeUndefined();
});

test("both measurements are times", async () => {
  const { small, large } = await measureSpeed();
  expect(small).toBeGreaterThan(0);
  expect(large).toBeGreaterThan(0);
});
