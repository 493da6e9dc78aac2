import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { crossAttention } from "./crossAttention";
import { multiHeadAttention } from "./multiHeadAttention";

checkReferences("crossAttention", crossAttention);

const draw = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 0.5, "float32", seed);
const params = {
  wq: draw([8, 8], 1),
  wk: draw([6, 8], 2),
  wv: draw([6, 8], 3),
  wo: draw([8, 8], 4),
};

test("with itself as context it is self-attention", () => {
  const x = draw([2, 4, 8], 5);
  const square = { ...params, wk: draw([8, 8], 2), wv: draw([8, 8], 3) };
  expect(crossAttention(x, x, square, { heads: 2 })).toMatchTensor(
    multiHeadAttention(x, square, { heads: 2 }),
  );
});

test("by hand: a context of one token is copied to every query", () => {
  const one = tf.ones([1, 1]);
  expect(
    crossAttention(
      tf.tensor([1, 5], [1, 2, 1]),
      tf.tensor([7], [1, 1, 1]),
      { wq: one, wk: one, wv: one, wo: one },
      { heads: 1 },
    ),
  ).toMatchTensor(tf.tensor([7, 7], [1, 2, 1]));
});

test("rope and unequal batches", () => {
  expect(() =>
    crossAttention(tf.ones([1, 2, 8]), tf.ones([1, 3, 6]), params, { heads: 2, rope: {} }),
  ).toThrow("crossAttention: expected no rope");
  expect(() =>
    crossAttention(tf.ones([1, 2, 8]), tf.ones([2, 3, 6]), params, { heads: 2 }),
  ).toThrow("crossAttention: expected context [1, S, Ccontext], got [2, 3, 6]");
});

test("no tensors left behind", () =>
  expectNoLeak(crossAttention, draw([1, 3, 8], 6), draw([1, 2, 6], 7), params, { heads: 4 }));
