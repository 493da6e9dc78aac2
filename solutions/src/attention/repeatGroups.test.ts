import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { expectNoLeak } from "../shared/shared.testing";
import { repeatGroups } from "./repeatGroups";

test("head h reads group ⌊h·G/H⌋", () => {
  const groups = tf.tensor([10, 20, 30], [1, 3, 1, 1]);
  expect(repeatGroups(groups, 6).flatten()).toMatchTensor(tf.tensor([10, 10, 20, 20, 30, 30]));
});

test("each group gets the sum of its heads' gradients", () => {
  const weights = tf.tensor([1, 2, 3, 4], [1, 4, 1, 1]);
  const gradient = tf.grad((x) => repeatGroups(x, 4).mul(weights).sum())(tf.ones([1, 2, 1, 1]));
  expect(gradient.flatten()).toMatchTensor(tf.tensor([3, 7]));
});

test("heads that aren't a multiple of the groups", () => {
  expect(() => repeatGroups(tf.ones([1, 2, 3, 4]), 3)).toThrow(
    "repeatGroups: expected heads to be a multiple of the 2 groups, got 3",
  );
});

test("no tensors left behind", () => expectNoLeak(repeatGroups, tf.ones([1, 2, 3, 4]), 4));
