import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { feedForward, type FeedForwardParams } from "./feedForward";
import { gelu } from "./gelu";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";

const ACTIVATIONS = { gelu, relu: tf.relu };
checkReferences(
  "feedForward",
  (x: tf.Tensor, params: FeedForwardParams, activation: keyof typeof ACTIVATIONS) =>
    feedForward(x, params, ACTIVATIONS[activation]),
);

test("by hand: relu(2·[1, −1])·[3, 5]ᵀ + 1 = 7", () => {
  const params = { w1: tf.tensor([[1, -1]]), w2: tf.tensor([[3], [5]]), b2: tf.tensor([1]) };
  expect(feedForward(tf.tensor([2]), params, tf.relu)).toMatchTensor(tf.tensor([7]));
});

test("each token by itself: what the others are does not matter", () => {
  const x = tf.randomNormal([3, 4], 0, 1, "float32", 1);
  const params = {
    w1: tf.randomNormal([4, 8], 0, 1, "float32", 2),
    w2: tf.randomNormal([8, 4], 0, 1, "float32", 3),
  };
  expect(feedForward(x, params, gelu).slice([1, 0], [1, 4])).toMatchTensor(
    feedForward(x.slice([1, 0], [1, 4]), params, gelu),
    1e-5,
  );
});

test("bad shapes", () => {
  expect(() =>
    feedForward(tf.ones([2, 4]), { w1: tf.ones([3, 4]), w2: tf.ones([4, 4]) }, tf.relu),
  ).toThrow("feedForward: expected w1 [4, F], got [3, 4]");
});

test("no tensors left behind", () =>
  expectNoLeak(
    feedForward,
    tf.ones([2, 4]),
    { w1: tf.ones([4, 8]), b1: tf.ones([8]), w2: tf.ones([8, 4]), b2: tf.ones([4]) },
    gelu,
  ));
