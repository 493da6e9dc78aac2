import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { initWeights } from "./initWeights";

checkReferences("initWeights", initWeights);

const noise = (shape: number[], seed: number): tf.Tensor =>
  tf.randomNormal(shape, 0, 1, "float32", seed);

test("by hand: four rows halve a matrix, and two blocks halve w2 once more", () => {
  const ones = tf.ones([4, 2]);
  const { w1, w2, b1, gamma } = initWeights(
    { w1: ones, w2: ones, b1: tf.ones([2]), gamma: tf.zeros([2]) },
    2,
  );
  expect(w1!).toMatchTensor(tf.fill([4, 2], 0.5));
  expect(w2!).toMatchTensor(tf.fill([4, 2], 0.25));
  expect(b1!).toMatchTensor(tf.zeros([2]));
  expect(gamma!).toMatchTensor(tf.ones([2]));
});

test("a matrix keeps the size of a signal, and 2·layers writes add up to one signal", () => {
  const size = (x: tf.Tensor) => x.square().mean().sqrt().dataSync()[0]!;
  const x = noise([64, 256], 1);
  const { w1 } = initWeights({ w1: noise([256, 64], 2) }, 12);
  expect(size(x.matMul(w1!))).toBeCloseTo(1, 1);
  const writes = Array.from({ length: 24 }, (_, i) =>
    noise([64, 256], 10 + i).matMul(initWeights({ w2: noise([256, 64], 50 + i) }, 12).w2!),
  );
  expect(size(tf.addN(writes))).toBeCloseTo(1, 1);
});

test("bad arguments", () => {
  expect(() => initWeights({}, 0)).toThrow(
    "initWeights: expected layers to be a whole number of at least 1, got 0",
  );
  expect(() => initWeights({ w1: tf.ones([1, 2, 3]) }, 1)).toThrow(
    "initWeights: expected w1 of rank 1 or 2, got [1, 2, 3]",
  );
  expect(() => initWeights({ b: tf.scalar(1) }, 1)).toThrow("initWeights: expected b of rank 1");
});

test("no tensors left behind", () =>
  expectNoLeak(initWeights, { w1: noise([2, 3], 1), b1: noise([3], 2), gamma: noise([2], 3) }, 4));
