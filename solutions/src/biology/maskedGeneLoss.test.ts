import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { maskedGeneLoss } from "./maskedGeneLoss";

checkReferences("maskedGeneLoss", maskedGeneLoss);

test("by hand: errors 2 and 1, the second at a zero", () => {
  const predicted = tf.tensor2d([[1, 1, 9]]);
  const values = tf.tensor2d([[3, 0, 1]]);
  const mask = tf.tensor2d([[1, 1, 0]]);
  expect(maskedGeneLoss(predicted, values, mask)).toMatchTensor(tf.scalar(2.5));
  expect(maskedGeneLoss(predicted, values, mask, 0.5)).toMatchTensor(tf.scalar(3));
  expect(maskedGeneLoss(predicted, values, mask, 0)).toMatchTensor(tf.scalar(4));
});

test("what doesn't fit", () => {
  const x = tf.zeros([2, 3]);
  expect(() => maskedGeneLoss(x, x, tf.zeros([3]))).toThrow(
    "maskedGeneLoss: expected mask [2, 3], got [3]",
  );
});

test("no tensors left behind", () => {
  const x = tf.ones([2, 3]);
  expectNoLeak(maskedGeneLoss, x, x, x, 0.5);
});
