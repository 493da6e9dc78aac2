import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { pairwiseDistances } from "./pairwiseDistances";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";

checkReferences("pairwiseDistances", pairwiseDistances);

test("by hand: from the origin, (3, 4) is at 25 and (0, 1) at 1", () => {
  const origin = tf.tensor([[0, 0]]);
  const points = tf.tensor([
    [3, 4],
    [0, 1],
  ]);
  expect(pairwiseDistances(origin, points)).toMatchTensor(tf.tensor([[25, 1]]));
});

test("symmetric, zero on the diagonal, unchanged when all points move", () => {
  const x = tf.randomNormal([6, 4], 0, 1, "float32", 1);
  const d = pairwiseDistances(x, x);
  expect(d).toMatchTensor(d.transpose());
  expect(d.mul(tf.eye(6)).sum()).toMatchTensor(tf.scalar(0), 0);
  expect(pairwiseDistances(x.add(8), x.add(8))).toMatchTensor(d, 1e-5);
});

test("bad arguments", () => {
  expect(() => pairwiseDistances(tf.ones([3]), tf.ones([2, 3]))).toThrow(
    "pairwiseDistances: expected a of rank 2, got [3]",
  );
  expect(() => pairwiseDistances(tf.ones([2, 3]), tf.ones([2, 4]))).toThrow(
    "pairwiseDistances: expected b [M, 3], got [2, 4]",
  );
  expect(() => pairwiseDistances(tf.ones([2, 3], "int32"), tf.ones([2, 3]))).toThrow(
    "pairwiseDistances: expected a of dtype float32",
  );
});

test("no tensors left behind", () => {
  expectNoLeak(pairwiseDistances, tf.ones([2, 3]), tf.ones([4, 3]));
  expectNoLeak(pairwiseDistances, tf.ones([2, 0]), tf.ones([4, 0]));
});
