import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { headScores } from "./headScores";

checkReferences("headScores", headScores);

test("by hand: one head that reads the token before, one the copy, one the token after it", () => {
  const ids = tf.tensor2d([[3, 8, 3, 8]], [1, 4], "int32");
  const reading = (columns: number[]) => tf.oneHot(tf.tensor1d(columns, "int32"), 4).toFloat();
  const heads = tf.stack([reading([0, 0, 1, 2]), reading([0, 0, 0, 1]), reading([0, 0, 1, 2])]);
  const { previous, duplicate, induction } = headScores(heads.expandDims(0), ids);
  expect(previous).toMatchTensor(tf.tensor1d([1, 1 / 3, 1]));
  expect(duplicate).toMatchTensor(tf.tensor1d([0, 1, 0]));
  expect(induction).toMatchTensor(tf.tensor1d([1, 0, 1])); // after "3 8", the token before 3 is 8
});

test("what doesn't fit", () => {
  const ids = tf.tensor2d([[1, 2]], [1, 2], "int32");
  expect(() => headScores(tf.zeros([1, 2, 3, 3]), ids)).toThrow(
    "headScores: expected weights [1, H, 2, 2], got [1, 2, 3, 3]",
  );
});

test("no tensors left behind", () =>
  expectNoLeak(headScores, tf.ones([1, 2, 3, 3]), tf.tensor2d([[1, 2, 1]], [1, 3], "int32")));
