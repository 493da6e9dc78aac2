import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { scalingLoss } from "./scalingLoss";

checkReferences("scalingLoss", scalingLoss);

test("by hand: one weight and one token", () => {
  expect(
    scalingLoss(tf.tensor([0, 2]), tf.tensor([0, 2]), { e: 1, a: 2, alpha: 0.5, b: 4, beta: 1 }),
  ).toMatchTensor(tf.tensor([7, 1.24]));
});

test("more weights and more data never hurt", () => {
  const sizes = tf.linspace(5, 14, 40);
  const loss = scalingLoss(sizes, sizes).dataSync();
  for (let i = 1; i < loss.length; i++) expect(loss[i]).toBeLessThan(loss[i - 1]!);
});

test("bad arguments", () => {
  expect(() => scalingLoss(tf.ones([3]), tf.ones([2]))).toThrow(
    "scalingLoss: expected tokens [3], like parameters, got [2]",
  );
  expect(() => scalingLoss(tf.ones([3]), tf.ones([3], "int32"))).toThrow(
    "scalingLoss: expected tokens of dtype float32, got int32",
  );
});

test("no tensors left behind", () => expectNoLeak(scalingLoss, tf.ones([3]), tf.ones([3])));
