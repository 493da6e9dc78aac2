import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { clippedObjective } from "./clippedObjective";

checkReferences("clippedObjective", clippedObjective);

const one = (value: number) => tf.tensor2d([[value]]);
/** The objective of one letter with this ratio. */
const letter = (ratio: number, advantage: number) =>
  clippedObjective(one(Math.log(ratio)), one(0), tf.tensor1d([advantage]), one(1));

test("by hand: which side is clipped depends on the sign", () => {
  const cases = [
    [1.5, 1, 1.2],
    [0.5, 1, 0.5],
    [1.5, -1, -1.5],
    [0.5, -1, -0.8],
  ] as const;
  for (const [ratio, advantage, expected] of cases) {
    expect(letter(ratio, advantage)).toMatchTensor(tf.scalar(expected));
  }
});

test("at the old policy its gradient is the policy gradient", () => {
  const [B, T] = [3, 2];
  const logProbs = tf.randomUniform([B, T], -2, -1, "float32", 3);
  const advantages = tf.tensor1d([1, -2, 0.5]);
  const mask = tf.ones([B, T]);
  const old = logProbs.clone();
  const slopes = tf.grad((x) => clippedObjective(x, old, advantages, mask))(logProbs);
  expect(slopes).toMatchTensor(
    advantages
      .expandDims(1)
      .tile([1, T])
      .div(B * T),
  );
});

test("no tensors left behind", () => {
  expectNoLeak(clippedObjective, one(-1), one(-2), tf.tensor1d([1]), one(1));
});
