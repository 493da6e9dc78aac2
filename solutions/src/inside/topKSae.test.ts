import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { asConstant } from "./asConstant";
import { topKSae } from "./topKSae";

checkReferences("topKSae", topKSae);

const identity = {
  encoder: tf.eye(3),
  bias: tf.zeros([3]),
  decoder: tf.eye(3),
  center: tf.ones([3]),
};

test("by hand: the identity keeps the two largest features", () => {
  const { latents, reconstruction } = topKSae(tf.tensor2d([[4, 0, 2]]), identity, 2);
  expect(latents).toMatchTensor(tf.tensor2d([[3, 0, 1]]));
  expect(reconstruction).toMatchTensor(tf.tensor2d([[4, 1, 2]]));
});

test("with all latents the identity rebuilds everything", () => {
  const x = tf.randomNormal([5, 3], 0, 1, "float32", 2);
  expect(topKSae(x, identity, 3).reconstruction).toMatchTensor(x, 1e-5);
});

test("a constant choice lets no gradient through, and operations without one", () => {
  const slope = tf.grad((x) => {
    const largest = asConstant(x, (y) => tf.topk(y, 1).values);
    return x.mul(largest);
  });
  expect(slope(tf.tensor1d([1, 5, 2]))).toMatchTensor(tf.tensor1d([5, 5, 5]));
});

test("what doesn't fit", () => {
  expect(() => topKSae(tf.zeros([2, 3]), identity, 4)).toThrow(
    "topKSae: expected k to be a whole number from 1 to 3, got 4",
  );
});

test("no tensors left behind", () => expectNoLeak(topKSae, tf.ones([2, 3]), identity, 2));
