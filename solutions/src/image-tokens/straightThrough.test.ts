import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { quantize } from "./quantize";
import { straightThrough } from "./straightThrough";

checkReferences("straightThrough", straightThrough);

test("a choice has no slope; with straightThrough the slope of what follows reaches z", () => {
  const z = tf.tensor([[0.9], [2.2]]);
  const codebook = tf.tensor([[0], [1], [2]]);
  const after = (codes: tf.Tensor) => codes.square().sum();
  const grad = tf.grad((x: tf.Tensor) => after(straightThrough(x, quantize(x, codebook).codes)))(z);
  expect(grad).toMatchTensor(tf.tensor([[2], [4]])); // 2·code
});

test("bad shapes", () => {
  expect(() => straightThrough(tf.ones([2, 3]), tf.ones([3]))).toThrow(
    "straightThrough: expected codes [2, 3], got [3]",
  );
});

test("no tensors left behind", () => expectNoLeak(straightThrough, tf.ones([2]), tf.zeros([2])));
