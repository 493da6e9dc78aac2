import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { randomMove } from "./randomMove";

checkReferences("randomMove", randomMove);

const draw = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, "float32", seed);

test("by hand: a quarter turn around z, and a shift", () => {
  const x = tf.tensor3d([[[1, 0, 0], [-1, 0, 0]]]); // prettier-ignore
  const noise = { quaternions: tf.tensor2d([[1, 0, 0, 1]]), shifts: tf.tensor2d([[0, 0, 5]]) };
  expect(randomMove(x, noise)).toMatchTensor(tf.tensor3d([[[0, 1, 5], [0, -1, 5]]])); // prettier-ignore
});

test("moves are proper, and uniform", () => {
  const B = 4000;
  const axes = tf.concat([tf.eye(3), tf.eye(3).neg()]).expandDims(0);
  const noise = { quaternions: draw([B, 4], 1), shifts: tf.zeros([B, 3]) };
  const turned = randomMove(axes.tile([B, 1, 1]), noise).slice([0, 0, 0], [B, 3, 3]);
  const [x, y, z] = tf.unstack(turned, 1) as [tf.Tensor, tf.Tensor, tf.Tensor];
  const lengths = turned.square().sum(-1);
  expect(lengths).toMatchTensor(tf.ones([B, 3]), 1e-5);
  const rolled = (v: tf.Tensor, by: number) =>
    tf.gather(v, [by % 3, (by + 1) % 3, (by + 2) % 3], 1);
  const cross = rolled(x, 1)
    .mul(rolled(y, 2))
    .sub(rolled(x, 2).mul(rolled(y, 1)));
  expect(cross).toMatchTensor(z, 1e-5); // x × y = z: no mirror
  expect(turned.mean(0)).toMatchTensor(tf.zeros([3, 3]), 0.04);
  expect(turned.square().mean(0)).toMatchTensor(tf.fill([3, 3], 1 / 3), 0.04);
});

test("no tensors left behind", () => {
  const noise = { quaternions: tf.ones([2, 4]), shifts: tf.ones([2, 3]) };
  expectNoLeak(randomMove, tf.ones([2, 5, 3]), noise);
});
