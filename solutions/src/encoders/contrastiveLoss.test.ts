import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { contrastiveLoss } from "./contrastiveLoss";

checkReferences("contrastiveLoss", contrastiveLoss);

const draw = (shape: number[], seed: number) =>
  tf.randomNormal(shape, 0, 1, "float32", seed) as tf.Tensor;

test("by hand: partners alike and all others at right angles, temperature 1", () => {
  const a = tf.tensor([
    [3, 0],
    [0, 2],
  ]);
  const b = tf.tensor([
    [5, 0],
    [0, 1],
  ]);
  expect(contrastiveLoss(a, b, 1)).toMatchTensor(tf.scalar(Math.log(1 + Math.exp(-1))));
});

test("only directions count, and pairs in another order give the same", () => {
  const a = draw([5, 4], 1);
  const b = draw([5, 4], 2);
  expect(contrastiveLoss(a.mul(7), b.mul(0.1))).toMatchTensor(contrastiveLoss(a, b), 1e-5);
  expect(contrastiveLoss(a.reverse(0), b.reverse(0))).toMatchTensor(contrastiveLoss(a, b), 1e-5);
});

test("bad arguments", () => {
  expect(() => contrastiveLoss(draw([2, 3], 3), draw([3, 3], 4))).toThrow(
    "contrastiveLoss: expected b [2, 3], got [3, 3]",
  );
  expect(() => contrastiveLoss(draw([2, 3], 3), draw([2, 3], 4), 0)).toThrow(
    "contrastiveLoss: expected a temperature over 0, got 0",
  );
});

test("no tensors left behind", () =>
  expectNoLeak(contrastiveLoss, draw([3, 4], 5), draw([3, 4], 6)));
