import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { rmsNorm } from "./rmsNorm";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";

checkReferences("rmsNorm", rmsNorm);

test("by hand: [1, 7] has a mean square of 25", () => {
  expect(rmsNorm(tf.tensor([1, 7]), tf.tensor([5, 10]), 0)).toMatchTensor(tf.tensor([1, 14]));
});

test("a longer input in the same direction changes nothing", () => {
  const x = tf.randomNormal([4, 8], 0, 1, "float32", 1);
  const one = tf.ones([8]);
  expect(rmsNorm(x.mul(100), one)).toMatchTensor(rmsNorm(x, one), 1e-5);
});

test("bad arguments", () => {
  expect(() => rmsNorm(tf.ones([2, 4]), tf.ones([3]))).toThrow(
    "rmsNorm: expected gamma [4], got [3]",
  );
  expect(() => rmsNorm(tf.scalar(1), tf.ones([1]))).toThrow(
    "rmsNorm: expected x with at least one axis",
  );
  expect(() => rmsNorm(tf.ones([2, 4], "int32"), tf.ones([4]))).toThrow(
    "rmsNorm: expected x of dtype float32",
  );
});

test("no tensors left behind", () => expectNoLeak(rmsNorm, tf.ones([2, 4]), tf.ones([4])));
