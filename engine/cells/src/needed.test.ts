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
