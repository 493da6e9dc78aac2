import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { perturbGene } from "./perturbGene";

checkReferences("perturbGene", perturbGene);

/** Each gene is expected to be the sum of what is seen. */
const sum = (values: tf.Tensor, mask: tf.Tensor) =>
  values.mul(tf.scalar(1).sub(mask)).sum(1, true).tile([1, values.shape[1]!]);

test("by hand: two cells lose 2 and 4, the third has none to lose", () => {
  const values = tf.tensor2d([
    [2, 1, 5],
    [4, 0, 1],
    [0, 3, 3],
  ]);
  expect(perturbGene(sum, values, 0, [2])).toMatchTensor(tf.tensor1d([-3]));
  expect(perturbGene(sum, values, 0, [2, 1], 4)).toMatchTensor(tf.tensor1d([3, 3]));
});

test("what doesn't fit", () => {
  expect(() => perturbGene(sum, tf.zeros([1, 3]), 0, [1, 0])).toThrow(
    "perturbGene: expected targets below 3 without gene 0, got 0",
  );
});

test("no tensors left behind", () => {
  expectNoLeak((values: tf.Tensor) => perturbGene(sum, values, 0, [1]), tf.ones([2, 3]));
});
