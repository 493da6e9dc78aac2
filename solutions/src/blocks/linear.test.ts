import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { linear } from "./linear";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";

checkReferences("linear", linear);

test("by hand: [1, 2] times [[1, 10], [100, 1000]] plus [0.5, 0]", () => {
  expect(
    linear(
      tf.tensor([1, 2]),
      tf.tensor([
        [1, 10],
        [100, 1000],
      ]),
      tf.tensor([0.5, 0]),
    ),
  ).toMatchTensor(tf.tensor([201.5, 2010]));
});

test("linear: f(2x + y) = 2f(x) + f(y)", () => {
  const [x, y, w] = [
    tf.randomNormal([2, 3, 4], 0, 1, "float32", 1),
    tf.randomNormal([2, 3, 4], 0, 1, "float32", 2),
    tf.randomNormal([4, 5], 0, 1, "float32", 3),
  ] as const;
  expect(linear(x.mul(2).add(y), w)).toMatchTensor(linear(x, w).mul(2).add(linear(y, w)), 1e-5);
});

test("bad arguments", () => {
  expect(() => linear(tf.ones([2, 4]), tf.ones([3, 4]))).toThrow(
    "linear: expected w [4, dOut], got [3, 4]",
  );
  expect(() => linear(tf.ones([2, 4]), tf.ones([4, 3]), tf.ones([1, 3]))).toThrow(
    "linear: expected b [3], got [1, 3]",
  );
  expect(() => linear(tf.scalar(1), tf.ones([1, 2]))).toThrow(
    "linear: expected x with at least one axis",
  );
  expect(() => linear(tf.ones([2, 4], "int32"), tf.ones([4, 3]))).toThrow(
    "linear: expected x of dtype float32, got int32",
  );
});

test("no tensors left behind", () => {
  expectNoLeak(linear, tf.ones([2, 3, 4]), tf.ones([4, 2]), tf.ones([2]));
  expectNoLeak(linear, tf.ones([2, 0]), tf.ones([0, 2]), tf.ones([2]));
});
