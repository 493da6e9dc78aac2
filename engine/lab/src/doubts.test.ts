import { expect, test } from "vitest";
import { courseVersionCode, doubtAbout, type DoubtedCell } from "./notebookData";

const cell = (source: string, more: Partial<DoubtedCell> = {}): DoubtedCell => ({
  source,
  role: "demo",
  name: "",
  hasFailed: false,
  ...more,
});
const exercise = (more: Partial<DoubtedCell> = {}) =>
  cell("function double(x: number) {\n  return x;\n}", {
    role: "exercise",
    name: "double",
    run: 3,
    ...more,
  });
const check = (more: Partial<DoubtedCell> = {}) =>
  cell("await check(double);", { role: "check", name: "double", ...more });
const uses = cell("const four = double(2);");
const usesThrough = cell("show(`four`, four);");

test("a function that fails its check is named above what it makes, also through other cells", () => {
  const cells = [exercise(), check({ run: 4, passes: false }), uses, usesThrough, cell("1 + 1")];
  const said = "This comes from your double, which fails its check.";
  expect([2, 3, 4].map((at) => doubtAbout(cells, at))).toEqual([said, said, undefined]);
});

test("a check that passed, that hasn't run, or that came before the function now, says nothing", () => {
  const checks = [check({ run: 4, passes: true }), check(), check({ run: 2, passes: false })];
  expect(checks.map((one) => doubtAbout([exercise(), one, uses], 2))).toEqual(
    checks.map(() => undefined),
  );
});

test("a cell that failed leaves an earlier function behind, and says so", () => {
  const cells = [exercise({ hasFailed: true, run: 5 }), check({ run: 4, passes: false }), uses];
  expect(doubtAbout(cells, 2)).toBe(
    "This comes from an earlier double: its cell has failed since.",
  );
});

test("the course's version, defined after the exercise, is beyond doubt", () => {
  const own = cell(courseVersionCode("double"));
  const cells = [exercise(), check({ run: 4, passes: false }), own, uses];
  expect(doubtAbout(cells, 3)).toBeUndefined();
});

test("an unwritten function made nothing: the course's version did", () => {
  const source = 'function double(x: number) {\n  throw new Error("not written yet: double");\n}';
  const cells = [exercise({ source }), check({ run: 4, passes: false }), uses];
  expect(doubtAbout(cells, 2)).toBeUndefined();
});
