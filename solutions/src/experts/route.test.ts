import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { route } from "./route";
import { tokensOf } from "./tokensOf";

checkReferences("route", route);

const log = (rows: number[][]) => tf.tensor2d(rows).log();
const logits = log([
  [0.75, 0.25],
  [0.5, 0.5],
  [0.25, 0.75],
  [0.75, 0.25],
]);

test("by hand: the last token finds its expert full", () => {
  const { gates, chosen } = route(logits, 1, { capacity: 2 });
  expect(gates).toMatchTensor(
    tf.tensor2d([
      [0.75, 0],
      [0.5, 0],
      [0, 0.75],
      [0, 0],
    ]),
    1e-6,
  );
  expect(chosen.sum(0)).toMatchTensor(tf.tensor1d([3, 1]));
});

test("with room for all, no gate is lost", () => {
  const { gates, chosen } = route(logits, 2, { capacity: 4 });
  expect(gates.sum(1)).toMatchTensor(tf.ones([4]), 1e-6);
  expect(chosen).toMatchTensor(tf.ones([4, 2]));
});

test("the tokens of each expert", async () => {
  const { gates } = route(logits, 1, { capacity: 2 });
  expect(await tokensOf(gates)).toEqual([[0, 1], [2]]);
});

test("what doesn't fit", () => {
  expect(() => route(logits, 3)).toThrow("route: expected k from 1 to 2, got 3");
});

test("no tensors left behind", () => expectNoLeak(route, logits, 1, { capacity: 1 }));
