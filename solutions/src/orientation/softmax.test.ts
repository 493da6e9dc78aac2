import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { softmax } from "./softmax";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";

checkReferences("softmax", softmax);

test("by hand: ln 1, ln 2 and ln 5 become 1/8, 2/8 and 5/8", () => {
  expect(softmax(tf.tensor([1, 2, 5]).log())).toMatchTensor(tf.tensor([0.125, 0.25, 0.625]));
});

test("adding the same number to all scores changes nothing, and rows sum to one", () => {
  const x = tf.randomNormal([5, 7], 0, 3, "float32", 1);
  expect(softmax(x.add(3))).toMatchTensor(softmax(x), 1e-5);
  expect(softmax(x).sum(-1)).toMatchTensor(tf.ones([5]), 1e-6);
});

test("−∞, alone or throughout a row, has a gradient of zero", () => {
  const x = tf.tensor([
    [-Infinity, 1, 1],
    [-Infinity, -Infinity, -Infinity],
  ]);
  const weights = tf.tensor([
    [3, 1, 0],
    [1, 2, 3],
  ]);
  const expected = tf.tensor([
    [0, 0.25, -0.25],
    [0, 0, 0],
  ]);
  expect(tf.grad((t) => softmax(t).mul(weights))(x)).toMatchTensor(expected);
});

test("bad arguments", () => {
  expect(() => softmax(tf.scalar(1))).toThrow(
    "softmax: expected x with at least one axis, got a scalar",
  );
  expect(() => softmax(tf.tensor([1, 2], [2], "int32"))).toThrow(
    "softmax: expected x of dtype float32, got int32",
  );
});

test("no tensors left behind", () => expectNoLeak(softmax, tf.ones([2, 3])));
