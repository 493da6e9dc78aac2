import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { preconditionEdm } from "./preconditionEdm";

checkReferences("preconditionEdm", preconditionEdm);

test("by hand: sigma 3, sigmaData 4", () => {
  const read: tf.Tensor[] = [];
  const network = (x: tf.Tensor) => {
    read.push(tf.keep(x.clone()));
    return tf.ones([1, 1]);
  };
  const D = preconditionEdm(network, tf.tensor2d([[50]]), tf.tensor1d([3]), 4);
  expect(D).toMatchTensor(tf.tensor2d([[50 * (16 / 25) + 12 / 5]]));
  expect(read[0]!).toMatchTensor(tf.tensor2d([[10]]));
});

test("what the network reads has variance 1 at each level", () => {
  const draw = (seed: number) => tf.randomNormal([4, 8000], 0, 1, "float32", seed);
  const sigma = tf.tensor1d([0.01, 0.5, 2, 50]);
  const z = draw(1)
    .mul(0.5)
    .add(draw(2).mul(sigma.expandDims(-1)));
  const network = (x: tf.Tensor) => {
    expect(tf.moments(x, 1).variance).toMatchTensor(tf.ones([4]), 0.06);
    return x;
  };
  preconditionEdm(network, z, sigma);
});

test("no tensors left behind", () => {
  const double = (x: tf.Tensor) => x.mul(2);
  expectNoLeak(preconditionEdm, double, tf.ones([2, 3]), tf.ones([2]));
});
