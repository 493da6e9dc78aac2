import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { rewardLoss } from "./rewardLoss";

checkReferences("rewardLoss", rewardLoss);

test("by hand: a lead of log 3 wins three times of four", () => {
  const loss = rewardLoss(tf.tensor1d([Math.log(3)]), tf.tensor1d([0]));
  expect(loss).toMatchTensor(tf.scalar(-Math.log(3 / 4)));
});

test("only differences count", () => {
  const [chosen, rejected] = [tf.tensor1d([1, -2, 0.5]), tf.tensor1d([0, 1, 0.5])];
  const shifted = rewardLoss(chosen.add(7), rejected.add(7));
  expect(shifted).toMatchTensor(rewardLoss(chosen, rejected));
});

test("what doesn't fit", () => {
  expect(() => rewardLoss(tf.zeros([2]), tf.zeros([3]))).toThrow(
    "rewardLoss: expected rejected [2], got [3]",
  );
  expect(() => rewardLoss(tf.zeros([0]), tf.zeros([0]))).toThrow("at least one pair");
});

test("no tensors left behind", () => {
  expectNoLeak(rewardLoss, tf.ones([3]), tf.zeros([3]), { margin: tf.ones([3]) });
});
