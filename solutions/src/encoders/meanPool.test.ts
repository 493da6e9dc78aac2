import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { meanPool } from "./meanPool";

checkReferences("meanPool", meanPool);

const lengths = (...n: number[]) => tf.tensor1d(n, "int32");

test("by hand: the mean of (6, 0) and (0, 8) is (3, 4), of length 5", () => {
  expect(
    meanPool(
      tf.tensor([
        [
          [6, 0],
          [0, 8],
          [77, -5],
        ],
      ]),
      lengths(2),
    ),
  ).toMatchTensor(tf.tensor([[0.6, 0.8]]));
});

test("each row has length 1, also of tiny and of huge vectors; an empty text gives zeros", () => {
  const x = tf.randomNormal([3, 4, 5], 0, 1, "float32", 1);
  const norms = (scale: number) => meanPool(x.mul(scale), lengths(4, 1, 0)).norm("euclidean", -1);
  for (const scale of [1e-6, 1, 1e12]) {
    expect(norms(scale)).toMatchTensor(tf.tensor([1, 1, 0]), 1e-5);
  }
});

test("what stands at padding does not matter, even where it is no number", () => {
  const x = tf.tensor([
    [
      [1, 2],
      [NaN, Infinity],
    ],
  ]);
  expect(meanPool(x, lengths(1))).toMatchTensor(tf.tensor([[1, 2]]).div(Math.sqrt(5)));
});

test("bad lengths", () => {
  expect(() => meanPool(tf.ones([2, 3, 4]), lengths(3))).toThrow(
    "meanPool: expected lengths [2], got [1]",
  );
  expect(() => meanPool(tf.ones([1, 3, 4]), lengths(4))).toThrow(
    "meanPool: expected lengths between 0 and 3, got 4",
  );
});

test("no tensors left behind", () => expectNoLeak(meanPool, tf.ones([2, 3, 4]), lengths(3, 1)));
