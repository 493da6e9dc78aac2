import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { flashForward } from "./flashForward";
import { onlineSoftmax } from "./onlineSoftmax";

checkReferences("flashForward", flashForward);

const draw = (shape: number[], seed: number) =>
  tf.randomNormal(shape, 0, 1, "float32", seed) as tf.Tensor;

test("by hand: two keys, scores 0 and ln 3, weights ¼ and ¾, and the logarithm of 1 + 3", () => {
  const q = tf.tensor([Math.log(3)], [1, 1, 1, 1]);
  const k = tf.tensor([0, 1], [1, 1, 2, 1]);
  const v = tf.tensor([4, 8], [1, 1, 2, 1]);
  const { output, logSumExp } = flashForward(q, k, v, { blockK: 1 });
  expect(output).toMatchTensor(tf.tensor([7], [1, 1, 1, 1]));
  expect(logSumExp).toMatchTensor(tf.tensor([Math.log(4)], [1, 1, 1]));
});

test("with values that pick out keys, the output is the online softmax of the scores", () => {
  const q = draw([1, 1, 3, 5], 1);
  const k = draw([1, 1, 5, 5], 2);
  const { output } = flashForward(q, k, tf.eye(5).reshape([1, 1, 5, 5]), { blockK: 2, scale: 1 });
  expect(output).toMatchTensor(onlineSoftmax(q.matMul(k, false, true), 2), 1e-5);
});

test("no tensors left behind", () => {
  const x = draw([1, 2, 5, 4], 3);
  expectNoLeak(flashForward, x, x, x, { causal: true, blockQ: 2, blockK: 2 });
});
