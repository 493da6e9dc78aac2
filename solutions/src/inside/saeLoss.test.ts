import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { saeLoss } from "./saeLoss";
import type { SaeParams } from "./types";

checkReferences("saeLoss", saeLoss);

const identity = {
  encoder: tf.eye(3),
  bias: tf.tensor1d([0, 0, -10]),
  decoder: tf.eye(3),
  center: tf.zeros([3]),
};

test("by hand: the dead latent would rebuild the error but for its bias", () => {
  const x = tf.tensor2d([[5, 0, 4]]); // rebuilt as [5, 0, 0], so the error is [0, 0, 4]
  expect(saeLoss(x, identity, 1)).toMatchTensor(tf.scalar(16 / 3));
  // the dead latent is 4 − 10 = −6, which misses 4 by 10
  const loss = saeLoss(x, identity, 1, { dead: [2], alpha: 0.5 });
  expect(loss).toMatchTensor(tf.scalar(16 / 3 + 0.5 * (100 / 3)));
});

test("only the auxiliary term moves a dead latent, and it moves no other", () => {
  const x = tf.tensor2d([[5, 0, 4]]);
  const slopes = (dead: number[]) =>
    tf.grad((bias) => saeLoss(x, { ...identity, bias } as SaeParams, 1, { dead, alpha: 1 }))(
      identity.bias,
    );
  expect(slopes([])).toMatchTensor(tf.tensor1d([0, 0, 0]));
  expect(slopes([2])).toMatchTensor(tf.tensor1d([0, 0, -20 / 3]), 1e-5);
});

test("what doesn't fit", () => {
  const x = tf.ones([2, 3]);
  expect(() => saeLoss(x, identity, 1, { dead: [2, 1] })).toThrow(
    "saeLoss: expected dead to be ascending indices below 3, got [2, 1]",
  );
  expect(() => saeLoss(x, identity, 1, { dead: [2], kAux: 0.5 })).toThrow(
    "saeLoss: expected kAux to be a whole number from 1, got 0.5",
  );
});

test("no tensors left behind", () =>
  expectNoLeak(saeLoss, tf.ones([2, 3]), identity, 2, { dead: [0, 2] }));
