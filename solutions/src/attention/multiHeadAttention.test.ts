import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { multiHeadAttention } from "./multiHeadAttention";

checkReferences("multiHeadAttention", multiHeadAttention);

const draw = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 0.5, "float32", seed);
const params = {
  wq: draw([8, 8], 1),
  wk: draw([8, 8], 2),
  wv: draw([8, 8], 3),
  wo: draw([8, 8], 4),
};

test("by hand: equal keys give the mean of the values", () => {
  const x = tf.tensor([2, 4, 9], [1, 3, 1]);
  const zero = tf.zeros([1, 1]);
  const one = tf.ones([1, 1]);
  expect(
    multiHeadAttention(x, { wq: zero, wk: zero, wv: one, wo: one }, { heads: 1 }),
  ).toMatchTensor(tf.tensor([5, 5, 5], [1, 3, 1]));
});

test("shuffled tokens give shuffled outputs, unless RoPE tells positions apart", () => {
  const x = draw([1, 5, 8], 5);
  const turned = (options: { rope?: object }) =>
    multiHeadAttention(x.reverse(1), params, { heads: 2, ...options }).reverse(1);
  expect(turned({})).toMatchTensor(multiHeadAttention(x, params, { heads: 2 }), 1e-5);
  expect(turned({ rope: {} })).not.toMatchTensor(
    multiHeadAttention(x, params, { heads: 2, rope: {} }),
    1e-3,
  );
});

test("bad heads", () => {
  expect(() => multiHeadAttention(tf.ones([1, 2, 8]), params, { heads: 3 })).toThrow(
    "multiHeadAttention: expected heads to divide the width 8 of wq, got 3",
  );
  expect(() => multiHeadAttention(tf.ones([1, 2, 8]), params, { heads: 4, kvHeads: 3 })).toThrow(
    "multiHeadAttention: expected kvHeads to divide heads 4, got 3",
  );
});

test("no tensors left behind", () =>
  expectNoLeak(multiHeadAttention, draw([1, 3, 8], 6), params, {
    heads: 2,
    rope: {},
    mask: tf.ones([3, 3]),
  }));
