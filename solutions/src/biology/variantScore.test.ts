import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { variantScore } from "./variantScore";

checkReferences("variantScore", variantScore);

/** The same logits everywhere: log of 1, 2, 4 and 8 shares. */
const constant = (ids: tf.Tensor) =>
  tf
    .tensor1d([1, 2, 4, 8])
    .log()
    .tile([ids.size])
    .reshape([...ids.shape, 4]);

test("by hand: each doubling adds log 2", () => {
  const variants = [
    [{ position: 0, to: 3 }],
    [
      { position: 0, to: 2 },
      { position: 1, to: 0 },
    ],
    [],
  ];
  const scores = variantScore([0, 1, 2], variants, constant, { maskId: 3 });
  const two = Math.log(2);
  expect(scores).toMatchTensor(tf.tensor1d([3 * two, two, 0]), 1e-5);
});

test("both strands: a variant and its mirror image have one score", () => {
  const model = (ids: tf.Tensor) =>
    ids
      .toFloat()
      .add(1)
      .expandDims(2)
      .mul(tf.tensor1d([0.3, -1, 2, 0.5]))
      .cumsum(1);
  const options = { maskId: 0, complement: [3, 2, 1, 0] };
  const one = variantScore([0, 1, 1, 2], [[{ position: 1, to: 3 }]], model, options);
  const other = variantScore([1, 2, 2, 3], [[{ position: 2, to: 0 }]], model, options);
  expect(one).toMatchTensor(other, 1e-5);
});

test("what doesn't fit", () => {
  expect(() => variantScore([0, 1], [[{ position: 2, to: 0 }]], constant, { maskId: 3 })).toThrow(
    "variantScore: expected variants at different positions from 0 to 1, got position 2",
  );
});

test("no tensors left behind", () => {
  const score = (ids: tf.Tensor) =>
    variantScore([0, 1], [[{ position: 0, to: 2 }]], () => constant(ids), { maskId: 3 });
  expectNoLeak(score, tf.tensor2d([[0, 1]], [1, 2], "int32"));
});
