/** Line ends of another system, and mutants that no longer fit. */
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { loadContent } from "../exercise/content";
import { readNotebook } from "../submission/notebook";
import { diagnose } from "../exercise/diagnose";
import { paths } from "./paths";
import { normalizeText } from "./source";
import { makeSmallCourse, notebook, shippedCells } from "../grader.testing";
import { tensorData } from "../exercise/value";

const course = makeSmallCourse();
afterAll(course.remove);
afterEach(() => vi.restoreAllMocks());
const sources = join(paths(course.root).solutions, "src", "basics");
const change = (name: string, edit: (text: string) => string) =>
  writeFileSync(join(sources, name), edit(readFileSync(join(sources, name), "utf8")));

test("every way to end a line is one", () => {
  expect(normalizeText("\uFEFFa\r\nb\rc\n\r\nd")).toBe("a\nb\nc\n\nd");
});

test("a notebook's cells read the same with Windows' line ends", () => {
  const cells = shippedCells();
  const theirs = cells.map((c) => ({ ...c, source: c.source.replaceAll("\n", "\r\n") }));
  const read = (text: string) => readNotebook(Buffer.from(text));
  expect(read(`\uFEFF${notebook(theirs)}`)).toEqual(read(notebook(cells)));
});

test("mutants fit a solution with Windows' line ends", () => {
  const warn = vi.spyOn(console, "warn");
  for (const name of readdirSync(sources)) change(name, (text) => text.replaceAll("\n", "\r\n"));
  const { mutants } = loadContent(course.root, "standardize");
  expect(mutants()).toHaveLength(3);
  expect(warn).not.toHaveBeenCalled();
});

test("a mutant that does not fit costs its own diagnosis and nothing else", async () => {
  const warn = vi.spyOn(console, "warn").mockReturnValue();
  change("double.ts", (text) => text.replace("x.mul(2)", "x.add(x)"));
  const double = loadContent(course.root, "double");
  expect(double.mutants()).toEqual([]);
  expect(warn.mock.calls.flat()).toHaveLength(3);
  for (const [line] of warn.mock.calls) {
    expect(line).toMatch(/^double: a mutant's edit must match once, "mul\(2\)" stands 0 times/);
  }
  const cases = [
    {
      group: "values" as const,
      title: "one number",
      args: [tensorData([1], [1])],
      expected: tensorData([1], [2]),
      atol: 0,
    },
  ];
  const wrong = { value: tensorData([1], [3]) };
  expect(await diagnose(double, cases, [wrong])).toBeUndefined();
});
