import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { denoiseLoss } from "./denoiseLoss";
import { preconditionEdm } from "./preconditionEdm";

checkReferences("denoiseLoss", denoiseLoss);

const clean = (z: tf.Tensor) => z.mul(0);

test("by hand: sigma 2, sigmaData 1, a guess that is off by 3", () => {
  const loss = denoiseLoss(clean, tf.tensor2d([[3]]), tf.tensor2d([[1]]), tf.tensor1d([2]), {
    sigmaData: 1,
  });
  expect(loss).toMatchTensor(tf.scalar(9 * (5 / 4)));
});

test("a silent network costs 1 at each noise level", () => {
  const draw = (seed: number) => tf.randomNormal([1, 20_000], 0, 1, "float32", seed);
  for (const sigma of [0.02, 0.5, 10]) {
    const denoise = (z: tf.Tensor, s: tf.Tensor) => preconditionEdm((x) => x.mul(0), z, s);
    const loss = denoiseLoss(denoise, draw(1).mul(0.5), draw(2), tf.tensor1d([sigma]));
    expect(loss).toMatchTensor(tf.scalar(1), 0.05);
  }
});

test("weights of a denoiser are differentiated", () => {
  const shrink = tf.variable(tf.scalar(0.3));
  const { grads } = tf.variableGrads(() =>
    denoiseLoss((z) => z.mul(shrink), tf.ones([1, 2]), tf.ones([1, 2]), tf.tensor1d([1]), {
      weighting: "none",
    }),
  );
  // d/ds of (2s − 1)² is 4·(2s − 1)
  expect(grads[shrink.name]!).toMatchTensor(tf.scalar(-1.6), 1e-5);
  shrink.dispose();
});

test("no tensors left behind", () => {
  expectNoLeak(denoiseLoss, clean, tf.ones([2, 3]), tf.ones([2, 3]), tf.ones([2]));
});
