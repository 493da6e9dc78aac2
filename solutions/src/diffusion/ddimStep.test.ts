import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { ddimStep } from "./ddimStep";

checkReferences("ddimStep", ddimStep);

test("by hand: half of the noise is left", () => {
  expect(ddimStep(tf.tensor1d([7]), tf.tensor1d([1]), 2, 1)).toMatchTensor(tf.tensor1d([4]));
});

test("with any eta, the level of the noise is next", () => {
  const draw = (seed: number) => tf.randomNormal([20_000], 0, 1, "float32", seed);
  for (const eta of [0, 0.5, 1]) {
    const z = ddimStep(draw(1).mul(3), tf.zeros([20_000]), 3, 2, { eta, noise: draw(2) });
    expect(tf.moments(z).variance.sqrt()).toMatchTensor(tf.scalar(2), 0.03);
  }
});

test("many small steps are exact for normal data", () => {
  let z: tf.Tensor = tf.tensor1d([10]);
  const levels = Array.from({ length: 2001 }, (_, i) => 4 * (1 - i / 2000));
  levels.slice(1).forEach((next, i) => {
    const sigma = levels[i]!; // data of variance 1: the best guess is z/(1 + σ²)
    z = ddimStep(z, z.div(1 + sigma ** 2), sigma, next);
  });
  expect(z).toMatchTensor(tf.tensor1d([10 / Math.sqrt(17)]), 2e-3);
});

test("no tensors left behind", () => {
  const noise = tf.ones([3]);
  expectNoLeak(ddimStep, tf.ones([3]), tf.zeros([3]), 2, 1, { eta: 1, noise });
});
