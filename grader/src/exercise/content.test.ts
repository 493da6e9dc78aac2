import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { pack } from "./frames";
import { checkFile, loadContent } from "./content";
import { diagnose } from "./diagnose";
import { judge } from "./judge";
import type { Value } from "./value";

const root = mkdtempSync(join(tmpdir(), "released-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function writeCheck(name: string, recorded: Value): void {
  const file = checkFile(root, name);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, gzipSync(pack(recorded)));
}

const launch = { inputs: [], sizes: [2], shape: [2], workgroups: [1, 1, 1], maxBytesRead: 8 };
const rules =
  'const { readsTooMuch } = require("grader");\n' +
  "exports.noSums = (runs) => runs.some(({ kernel }) => /Sum/.test(kernel)) ? " +
  '"It sums." : readsTooMuch(runs);';

/** As `course release` wrote it before version 0.2. */
const old: Value = {
  group: "basics",
  exercise: { weights: { values: 3 }, parameters: ["x"] },
  kernel: { inputs: ["x"], output: "y" },
  cases: [
    { group: "values", says: "x is 1", args: [1], expected: 2, atol: 0, launch },
    { group: "gradient", says: "x is 2", args: [2], wrt: ["0"], of: "y", expected: [4], atol: 0 },
    { group: "cost", says: "x is long", args: [3], expected: 6, atol: 0, rule: "noSums" },
    { group: "cost", says: "x is longer", args: [4], expected: 8, atol: 0, limits: { held: 2 } },
  ],
  mistakes: [
    { says: "It squares.", outcomes: [{ value: 1 }, undefined, undefined, undefined] },
    { says: "It sums.", breaks: "x is long", outcomes: [{ value: 2 }] },
  ],
  rules,
};

test("a released check that the version before wrote is still read", async () => {
  writeCheck("old", old);
  const content = loadContent(root, "old");
  const { exercise, references } = content;
  expect(content).toMatchObject({
    folder: "basics",
    source: join(root, "solutions", "src", "basics", "old.ts"),
  });
  expect(references.map(({ title, output }) => [title, output])).toEqual([
    ["x is 1", undefined],
    ["x is 2", "y"],
    ["x is long", undefined],
    ["x is longer", undefined],
  ]);
  expect(exercise.shader).toMatchObject({ inputs: ["x"], output: "y" });
  expect(exercise.shader!.launch(...(references[0]!.args as never[]))).toEqual(launch);
  expect(exercise.mutants.map(({ message, breaks }) => [message, breaks])).toEqual([
    ["It squares.", undefined],
    ["It sums.", "x is long"],
  ]);
  const run = { kernel: "Sum", read: 2, wrote: 1, work: 2, held: 1 };
  expect(references[2]!.cost!([run])).toBe("It sums.");
  expect(references[3]!.cost!([{ ...run, held: 3 }])).toContain("It has 3 numbers in memory");

  const outcomes = [{ value: 1 }, { value: [] }, undefined, undefined];
  const values = references.slice(0, 1);
  expect(judge(exercise, 3, values, outcomes).failures[0]).toMatchObject({ case: "x is 1" });
  expect(await diagnose(content, values, outcomes)).toBe("It squares.");
});

test("a damaged check says what to do", () => {
  writeCheck("damaged", "not a record");
  expect(() => loadContent(root, "damaged")).toThrow(/damaged: fetch the course again/);
});
