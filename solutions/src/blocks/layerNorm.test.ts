import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { layerNorm } from "./layerNorm";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";

checkReferences("layerNorm", layerNorm);

test("by hand: [1, 3] has mean 2 and variance 1", () => {
  expect(layerNorm(tf.tensor([1, 3]), tf.tensor([2, 2]), tf.tensor([0, 1]), 0)).toMatchTensor(
    tf.tensor([-2, 3]),
  );
});

test("adding a constant to all features changes nothing", () => {
  const x = tf.randomNormal([4, 8], 0, 1, "float32", 1);
  const one = tf.ones([8]);
  const zero = tf.zeros([8]);
  expect(layerNorm(x.add(5), one, zero)).toMatchTensor(layerNorm(x, one, zero), 1e-5);
});

test("bad shapes", () => {
  expect(() => layerNorm(tf.ones([2, 4]), tf.ones([3]), tf.ones([4]))).toThrow(
    "layerNorm: expected gamma [4], got [3]",
  );
  expect(() => layerNorm(tf.scalar(1), tf.ones([1]), tf.ones([1]))).toThrow(
    "layerNorm: expected x with at least one axis",
  );
  expect(() => layerNorm(tf.ones([2, 4], "int32"), tf.ones([4]), tf.ones([4]))).toThrow(
    "layerNorm: expected x of dtype float32, got int32",
  );
});

test("no tensors left behind", () =>
  expectNoLeak(layerNorm, tf.ones([2, 4]), tf.ones([4]), tf.ones([4])));
