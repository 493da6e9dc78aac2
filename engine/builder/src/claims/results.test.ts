import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  agrees,
  fillResults,
  formatResult,
  parseInline,
  readResults,
  writeResults,
} from "./results";

const format = (key: string) => parseInline(key)!.format;

test.each([
  ["loss:.3f", 2.31449, "2.314"],
  ["count:,d", 1297, "1,297"],
  ["count:d", 1297, "1297"],
  ["share:.0%", 0.342, "34 %"],
  ["share:.1%", 0.3427, "34.3 %"],
  ["tiny:.1e", 3.14e-7, "3.1 × 10⁻⁷"],
  ["huge:.2e", 1.5e21, "1.50 × 10²¹"],
  ["below:.1f", -2.25, "−2.3"],
  ["below:.0e", -3e-5, "−3 × 10⁻⁵"],
  ["name:s", "boot", "boot"],
])("%s of %s is written %s", (key, value, text) =>
  expect(formatResult(value, format(key))).toBe(text),
);

test("an expression may hold colons, and the format is what follows the last one", () =>
  expect(parseInline('best ? a : { "x:y": 1 }["x:y"]:,.2f±5%')).toEqual({
    key: 'best ? a : { "x:y": 1 }["x:y"]:,.2f±5%',
    expression: 'best ? a : { "x:y": 1 }["x:y"]',
    format: {
      type: "f",
      digits: 2,
      grouped: true,
      tolerance: { amount: 0.05, relative: true },
    },
  }));

// what the text has, what the run gives, the format, whether they agree
test.each([
  [2.31, 2.329, "x:.2f", true],
  [2.31, 2.34, "x:.2f", false],
  [0.02, 0.03, "x:.2f", true],
  [0.02, 0.031, "x:.2f", false],
  [10, 10.3, "x:.2f±0.5", true],
  [10, 10.6, "x:.2f±0.5", false],
  [200, 235, "x:.0f±20%", true],
  [200, 245, "x:.0f±20%", false],
  [22, 22, "x:d", true],
  [22, 23, "x:d", false],
  [0.34, 0.35, "x:.0%", true],
  [0.34, 0.36, "x:.0%", false],
  [3.1e-7, 3.19e-7, "x:.1e", true],
  [3.1e-7, 3.3e-7, "x:.1e", false],
  ["boot", "bag", "x:s", false],
  [0, 0.004, "x:.2f", true],
])("kept %s against %s as %s: %s", (kept, value, key, expected) =>
  expect(agrees(kept, value, format(key))).toBe(expected),
);

test("kept values are filled in outside of code, and each result is listed once", () => {
  const lines = ["a {eval}`x:.1f` b", "```ts", "{eval}`x:.1f`", "```", "{eval}`x:.1f` {eval}`y:d`"];
  const problems: string[] = [];
  const { lines: filled, results } = fillResults(lines, { "x:.1f": 0.25 }, (line, message) =>
    problems.push(`${line}: ${message}`),
  );
  expect(filled).toEqual(["a 0.3 b", "```ts", "{eval}`x:.1f`", "```", "0.3 …"]);
  expect(results.map(({ key, line, value }) => [key, line, value])).toEqual([
    ["x:.1f", 1, 0.25],
    ["y:d", 5, undefined],
  ]);
  expect(problems).toEqual([]);
});

test.each(["loss", ":.2f", "loss:.2g"])("%s is no inline result", (key) => {
  const problems: string[] = [];
  fillResults([`{eval}\`${key}\``], {}, (line, message) => problems.push(`${line}: ${message}`));
  expect(problems).toEqual([
    `1: {eval}\`${key}\` has no expression and format: write {eval}\`expression:.2f\`, ` +
      "with f, e, d, % or s at its end",
  ]);
});

test("values are kept in order, each on a line", () => {
  const folder = mkdtempSync(join(tmpdir(), "results-"));
  expect(readResults(folder)).toEqual({});
  writeResults(folder, { "b:d": 2, "a:s": "x" });
  expect(readFileSync(join(folder, "results.json"), "utf8")).toBe(
    '{\n  "a:s": "x",\n  "b:d": 2\n}\n',
  );
  expect(readResults(folder)).toEqual({ "a:s": "x", "b:d": 2 });
  rmSync(folder, { recursive: true });
});
