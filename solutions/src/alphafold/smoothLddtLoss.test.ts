import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { smoothLddtLoss } from "./smoothLddtLoss";

checkReferences("smoothLddtLoss", smoothLddtLoss);

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const kept = (error: number) =>
  [0.5, 1, 2, 4].reduce((sum, cut) => sum + sigmoid(cut - error), 0) / 4;

test("by hand: one distance is wrong by 1.5 Å", () => {
  const pair = (x: number) => tf.tensor([0, 0, 0, x, 0, 0], [2, 3]);
  expect(smoothLddtLoss(pair(5.5), pair(4))).toMatchTensor(tf.scalar(1 - kept(1.5)));
});

test("a perfect prediction, turned or mirrored, has the loss 0.196", () => {
  const x = tf.randomNormal([9, 3], 0, 5, "float32", 1);
  const turn = tf.tensor([
    [0, -1, 0],
    [1, 0, 0],
    [0, 0, -1],
  ]);
  expect(smoothLddtLoss(x.matMul(turn).add(7), x)).toMatchTensor(tf.scalar(1 - kept(0)), 1e-5);
  expect(1 - kept(0)).toBeCloseTo(0.196, 3);
});

test("bad input", () =>
  expect(() => smoothLddtLoss(tf.ones([4, 3]), tf.ones([5, 3]))).toThrow(
    "smoothLddtLoss: expected predicted [5, 3], got [4, 3]",
  ));

test("no tensors left behind", () => {
  const x = tf.randomNormal([5, 3], 0, 4, "float32", 2);
  const truth = tf.randomNormal([5, 3], 0, 4, "float32", 3);
  expectNoLeak(smoothLddtLoss, x, truth);
  expectNoLeak((x: tf.Tensor) => tf.grad((x: tf.Tensor) => smoothLddtLoss(x, truth))(x), x);
});
