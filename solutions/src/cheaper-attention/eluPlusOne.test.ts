import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import "../shared/shared.testing";
import { eluPlusOne } from "./eluPlusOne";

test("by hand, and small values stay", () => {
  expect(eluPlusOne(tf.tensor([-1, 0, 2]))).toMatchTensor(tf.tensor([Math.exp(-1), 1, 3]));
  expect(eluPlusOne(tf.tensor([-30])).div(Math.exp(-30))).toMatchTensor(tf.tensor([1]));
});

test("the gradient at 0 is 1 from both sides", () => {
  expect(tf.grad((x: tf.Tensor) => eluPlusOne(x).sum())(tf.tensor([-1, 0, 2]))).toMatchTensor(
    tf.tensor([Math.exp(-1), 1, 1]),
  );
});
