import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { answerLoss } from "./answerLoss";

checkReferences("answerLoss", answerLoss);

const ids = tf.tensor2d([[0, 1, 1]], [1, 3], "int32");

test("by hand: row 1 scores token 2", () => {
  const rows = [
    [9, 0],
    [0, Math.log(3)], // one quarter and three quarters
    [9, 0],
  ];
  const mask = tf.tensor2d([[0, 0, 1]], [1, 3], "int32");
  const loss = answerLoss(tf.tensor3d([rows]), ids, mask);
  expect(loss).toMatchTensor(tf.scalar(Math.log(4 / 3)));
});

test("no gradient where nothing counts", () => {
  const mask = tf.tensor2d([[1, 0, 1]], [1, 3], "int32");
  const loss = (logits: tf.Tensor) => answerLoss(logits, ids, mask);
  const gradient = tf.grad(loss)(tf.randomNormal([1, 3, 2], 0, 1, "float32", 1));
  const counts = gradient.abs().sum(-1).greater(0).cast("int32");
  expect(counts).toMatchTensor(tf.tensor2d([[0, 1, 0]], [1, 3], "int32"));
});

test("what doesn't fit", () => {
  const mask = tf.ones([1, 3], "int32");
  const high = tf.tensor2d([[0, 1, 2]], [1, 3], "int32");
  expect(() => answerLoss(tf.zeros([1, 3, 2]), high, mask)).toThrow(
    "answerLoss: expected ids from 0 to 1, got 2",
  );
});

test("no tensors left behind", () =>
  expectNoLeak(answerLoss, tf.ones([1, 3, 2]), ids, tf.ones([1, 3], "int32")));
