import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { attentionWithWeights } from "./attentionWithWeights";
import { multiHeadAttention } from "./multiHeadAttention";

checkReferences("attentionWithWeights", attentionWithWeights);

const draw = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 0.5, "float32", seed);
const params = {
  wq: draw([8, 8], 1),
  wk: draw([8, 8], 2),
  wv: draw([8, 8], 3),
  wo: draw([8, 8], 4),
};

test("by hand: equal keys give each token a third, half of it under a mask of 0.5", () => {
  const x = tf.tensor([2, 4, 9], [1, 3, 1]);
  const zero = tf.zeros([1, 1]);
  const one = tf.ones([1, 1]);
  const { output, weights } = attentionWithWeights(
    x,
    { wq: zero, wk: zero, wv: one, wo: one, bo: tf.tensor1d([1]) },
    { heads: 1, headMask: tf.tensor1d([0.5]) },
  );
  expect(weights).toMatchTensor(tf.fill([1, 1, 3, 3], 1 / 6));
  expect(output).toMatchTensor(tf.tensor([3.5, 3.5, 3.5], [1, 3, 1]));
});

test("a head that is taken out is a head whose rows of wo are zeros", () => {
  const x = draw([2, 5, 8], 5);
  const rows = tf.tensor([1, 1, 1, 1, 0, 0, 0, 0], [8, 1]); // head 1 of two
  const { output } = attentionWithWeights(x, params, {
    heads: 2,
    rope: {},
    headMask: tf.tensor1d([1, 0]),
  });
  expect(output).toMatchTensor(
    multiHeadAttention(x, { ...params, wo: params.wo.mul(rows) }, { heads: 2, rope: {} }),
    1e-6,
  );
});

test("bad masks of heads", () => {
  const x = draw([1, 2, 8], 6);
  expect(() => attentionWithWeights(x, params, { heads: 2, headMask: tf.ones([3]) })).toThrow(
    "attentionWithWeights: expected headMask [2], got [3]",
  );
  expect(() =>
    attentionWithWeights(x, params, { heads: 2, headMask: tf.ones([2], "int32") }),
  ).toThrow("headMask");
});

test("no tensors left behind", () =>
  expectNoLeak(attentionWithWeights, draw([1, 3, 8], 7), params, {
    heads: 2,
    rope: {},
    mask: tf.ones([3, 3]),
    headMask: tf.ones([2]),
  }));
