import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { linear } from "../blocks/linear";
import { loraLinear } from "./loraLinear";

checkReferences("loraLinear", loraLinear);

test("by hand: rank one, alpha two", () => {
  const x = tf.tensor2d([[1, 2]]);
  const w = tf.tensor2d([[1], [0]]);
  const lora = { a: tf.tensor2d([[3], [1]]), b: tf.tensor2d([[10]]) }; // x·a = 5
  expect(loraLinear(x, w, lora)).toMatchTensor(tf.tensor2d([[51]]));
  expect(loraLinear(x, w, lora, { alpha: 2 })).toMatchTensor(tf.tensor2d([[101]]));
});

test("with b = 0 it is the base, whatever alpha is", () => {
  const x = tf.randomNormal([3, 4], 0, 1, "float32", 1);
  const w = tf.randomNormal([4, 5], 0, 1, "float32", 2);
  const lora = { a: tf.randomNormal([4, 2], 0, 1, "float32", 3), b: tf.zeros([2, 5]) };
  expect(loraLinear(x, w, lora, { alpha: 100 })).toMatchTensor(linear(x, w), 0);
});

test("what doesn't fit", () => {
  const lora = { a: tf.zeros([4, 2]), b: tf.zeros([3, 5]) };
  expect(() => loraLinear(tf.zeros([1, 4]), tf.zeros([4, 5]), lora)).toThrow(
    "loraLinear: expected b [2, 5], got [3, 5]",
  );
});

test("no tensors left behind", () =>
  expectNoLeak(
    loraLinear,
    tf.ones([2, 4]),
    tf.ones([4, 5]),
    { a: tf.ones([4, 2]), b: tf.ones([2, 5]) },
    { bias: tf.ones([5]), alpha: 3 },
  ));
