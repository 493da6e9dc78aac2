import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { learnedPositions } from "./learnedPositions";

checkReferences("learnedPositions", learnedPositions);

const table = tf.tensor([
  [1, 2],
  [3, 4],
  [5, 6],
]);

test("by hand: the first two rows of three", () => {
  expect(learnedPositions(table, 2)).toMatchTensor(
    tf.tensor([
      [1, 2],
      [3, 4],
    ]),
  );
});

test("a shorter text has the places of a longer one", () => {
  expect(learnedPositions(table, 3).slice([0, 0], [1, 2])).toMatchTensor(
    learnedPositions(table, 1),
  );
});

test("no places: the gradient is zeros", () => {
  expect(tf.grad((t: tf.Tensor) => learnedPositions(t, 0).sum())(table)).toMatchTensor(
    tf.zeros([3, 2]),
  );
});

test("past the table", () => {
  expect(() => learnedPositions(table, 4)).toThrow(
    "learnedPositions: expected length to be at most 3, the rows of the table, got length 4",
  );
});

test("no tensors left behind", () => expectNoLeak(learnedPositions, table, 2));
