import { expect, test } from "vitest";
import { cellsNeeded, definedNames } from "./needed";

test("names that a cell defines or imports are found, and nothing inside of functions", () => {
  const source = [
    'import { check, showSolution as show, type Tensor } from "course";',
    'import * as tf from "@tensorflow/tfjs-core";',
    "const { mean, std: deviation } = moments(x);",
    "export async function train(model) {",
    "  const inner = 1;",
    "}",
    "let [first, second] = pair;",
    "interface Shape {}",
  ].join("\n");
  expect([...definedNames(source)].sort()).toEqual(
    ["Shape", "Tensor", "check", "deviation", "first", "mean", "second", "show", "tf", "train"].sort(), // prettier-ignore
  );
});

test.each([
  ["const a = 1, b = 2;", "a b"],
  [
    "const lost = f(x, y), kept = [1, z], { mean, std: d = g(1), ...rest } = of(x);",
    "d kept lost mean rest",
  ],
  ["export let a, b: number,\n  c = 3;\nuse(a, d = 4);", "a b c"],
  ["let a = 1\nlet b = 2\nuse(a, c = 3)", "a b"],
  ["const sum = one\n  + two, next = 1;\nf(u, v = 2);", "next sum"],
  ["const m = new Map<string, number>(), f = <T, U = T>(x: T, y: U) => x < 1, k = 2;", "f k m"],
  [
    "const bad = /[\"',]/.exec(\"a, b = 1\"), good = `x, ${`y, z = 1`}, w = 1`, q = 'it\\'s, r = 1';",
    "bad good q",
  ],
  ["const a = 1; // , b = 2\nconst c /* d, */ = 3, e = (x, y) => { return x, y; };", "a c e"],
  ["const shader = `\nconst W = 8u;\nfn main() {}\n`, n = 1;", "n shader"],
  ["const a = i >= 2, b = x > 1 ? p : q, c = 1;", "a b c"],
])("each variable of a declaration is found: %s", (source, names) => {
  expect([...definedNames(source)].sort().join(" ")).toBe(names);
});

test("the cells that a cell needs run in order, each once, and not again if they have run", () => {
  const cells = (ran: number[]) =>
    [
      'import * as tf from "tf";',
      "const rows = read();",
      "const pixels = rows.map(tf.tensor);",
      "const unrelated = 1;",
      "const labels = rows.map(last);",
      "show(pixels, labels, later);",
      "const later = 2;",
    ].map((source, i) => ({ source, hasRun: ran.includes(i) }));
  expect(cellsNeeded(cells([]), 5, "pixels")).toEqual([0, 1, 2, 4]);
  expect(cellsNeeded(cells([0, 1]), 5, "labels")).toEqual([2, 4]);
  expect(cellsNeeded(cells([]), 5, "later")).toEqual([]);
  const again = [...cells([]), { source: "const rows = [];", hasRun: false }];
  expect(cellsNeeded(again, 5, "pixels")).toEqual([0, 1, 2, 4]); // the one below doesn't count
});
