import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { crossEntropy } from "./crossEntropy";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";

checkReferences("crossEntropy", crossEntropy);

const ids = (...values: number[]) => tf.tensor(values, [values.length], "int32");

test("by hand: with odds of 1, 2 and 5 the last class has probability 5/8", () => {
  expect(crossEntropy(tf.tensor([[1, 2, 5]]).log(), ids(2))).toMatchTensor(
    tf.scalar(Math.log(8 / 5)),
  );
});

test("knowing nothing about V classes costs ln V, with and without smoothing", () => {
  expect(crossEntropy(tf.zeros([3, 7]), ids(0, 3, 6))).toMatchTensor(tf.scalar(Math.log(7)));
  expect(crossEntropy(tf.zeros([3, 7]), ids(0, 3, 6), { smoothing: 0.3 })).toMatchTensor(
    tf.scalar(Math.log(7)),
  );
});

test("the gradient is (softmax − one-hot) / rows", () => {
  const odds = tf.tensor([
    [1, 2, 5],
    [1, 1, 2],
  ]);
  expect(tf.grad((x) => crossEntropy(x, ids(2, 0)))(odds.log())).toMatchTensor(
    tf.tensor([
      [1 / 16, 2 / 16, -3 / 16],
      [-3 / 8, 1 / 8, 2 / 8],
    ]),
  );
});

test("−∞ on other classes and anything in a row that doesn't count leave gradients finite", () => {
  const x = tf.tensor([
    [0, -Infinity, 0],
    [-Infinity, -Infinity, -Infinity],
  ]);
  expect(crossEntropy(x, ids(0, -1), { ignore: -1 })).toMatchTensor(tf.scalar(Math.LN2));
  expect(tf.grad((t) => crossEntropy(t, ids(0, -1), { ignore: -1 }))(x)).toMatchTensor(
    tf.tensor([
      [-0.5, 0, 0.5],
      [0, 0, 0],
    ]),
  );
});

test("bad arguments", () => {
  const logits = tf.zeros([2, 3]);
  expect(() => crossEntropy(logits, ids(0, 3))).toThrow(
    "crossEntropy: expected targets from 0 to 2, got 3",
  );
  expect(() => crossEntropy(logits, ids(0, -1), { ignore: -100 })).toThrow(
    "crossEntropy: expected targets from 0 to 2 or -100, got -1",
  );
  expect(() => crossEntropy(logits, tf.tensor([0, 1]))).toThrow(
    "crossEntropy: expected targets of dtype int32, got float32",
  );
  expect(() => crossEntropy(logits, ids(0))).toThrow("crossEntropy: expected targets [2], got [1]");
  expect(() => crossEntropy(tf.zeros([2, 3], "int32"), ids(0, 1))).toThrow(
    "crossEntropy: expected logits of dtype float32",
  );
  for (const smoothing of [-0.1, 1.1, NaN]) {
    expect(() => crossEntropy(logits, ids(0, 1), { smoothing })).toThrow(
      `crossEntropy: expected smoothing between 0 and 1, got ${smoothing}`,
    );
  }
});

test("no tensors left behind", () => {
  expectNoLeak(crossEntropy, tf.zeros([2, 3]), ids(0, 1), { ignore: 0, smoothing: 0.1 });
  expectNoLeak(crossEntropy, tf.zeros([0, 3]), ids());
});
