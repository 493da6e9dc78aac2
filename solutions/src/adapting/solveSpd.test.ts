import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { expectNoLeak } from "../shared/shared.testing";
import { solveSpd } from "./solveSpd";

test("A times the solution is B again", () => {
  const x = tf.randomNormal([30, 12], 0, 1, "float32", 1);
  const A = x.matMul(x, true).add(tf.eye(12));
  const B = tf.randomNormal([12, 3], 0, 1, "float32", 2);
  expect(A.matMul(solveSpd(A, B))).toMatchTensor(B, 1e-5);
});

test("by hand: one equation", () =>
  expect(solveSpd(tf.tensor2d([[4]]), tf.tensor2d([[2, 6]]))).toMatchTensor(
    tf.tensor2d([[0.5, 1.5]]),
  ));

test("what doesn't fit", () =>
  expect(() => solveSpd(tf.zeros([2, 3]), tf.zeros([2, 1]))).toThrow(
    "solveSpd: expected A [2, 2], got [2, 3]",
  ));

test("no tensors left behind", () => expectNoLeak(solveSpd, tf.eye(4), tf.ones([4, 2])));
