import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { groupAdvantages } from "./groupAdvantages";

checkReferences("groupAdvantages", groupAdvantages);

test("by hand: one of four is right", () => {
  const found = groupAdvantages(tf.tensor2d([[1, 0, 0, 0]]));
  const [up, down] = [Math.sqrt(3), -1 / Math.sqrt(3)]; // the mean is ¼, the deviation √3/4
  expect(found).toMatchTensor(tf.tensor2d([[up, down, down, down]]));
});

test("a group adds up to 0, and adding to its rewards changes nothing", () => {
  const rewards = tf.randomNormal([3, 6], 0, 1, "float32", 4);
  const found = groupAdvantages(rewards);
  expect(found.sum(1)).toMatchTensor(tf.zeros([3]), 1e-5);
  expect(groupAdvantages(rewards.add(2))).toMatchTensor(found, 1e-5);
});

test("equal rewards give exactly 0", () => {
  const equal = tf.fill([1, 7], 0.1);
  expect(Array.from(groupAdvantages(equal).dataSync())).toEqual([0, 0, 0, 0, 0, 0, 0]);
});

test("no tensors left behind", () => {
  expectNoLeak(groupAdvantages, tf.ones([2, 3]), { scale: "none" });
  expectNoLeak(groupAdvantages, tf.ones([2, 3]));
});
