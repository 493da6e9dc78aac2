import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { mambaBlock, type MambaParams } from "./mambaBlock";

checkReferences("mambaBlock", mambaBlock);

const draw = (shape: number[], seed: number) =>
  tf.randomNormal(shape, 0, 0.7, "float32", seed) as tf.Tensor;
const params = (C: number, E: number, n: number, r: number): MambaParams => ({
  wIn: draw([C, 2 * E], 1),
  conv: draw([E, 4], 2),
  convBias: draw([E], 3),
  wX: draw([E, r + 2 * n], 4),
  wDelta: draw([r, E], 5),
  bDelta: draw([E], 6),
  aLog: draw([E, n], 7),
  skip: draw([E], 8),
  wOut: draw([E, C], 9),
});

test("by hand: one token, its state is Δ·B·u", () => {
  const one = (x: number, shape: number[]) => tf.tensor([x], shape);
  const silu = (x: number) => x / (1 + Math.exp(-x));
  const p: MambaParams = {
    wIn: tf.tensor([1, 2], [1, 2]),
    conv: tf.tensor([9, 1], [1, 2]),
    convBias: one(0, [1]),
    wX: tf.tensor([1, 2, 3], [1, 3]),
    wDelta: one(1, [1, 1]),
    bDelta: one(0, [1]),
    aLog: one(0, [1, 1]),
    skip: one(0, [1]),
    wOut: one(1, [1, 1]),
  };
  const u = silu(1);
  const delta = Math.log1p(Math.exp(u));
  expect(mambaBlock(one(1, [1, 1, 1]), p)).toMatchTensor(
    one(delta * 2 * u * u * (3 * u) * silu(2), [1, 1, 1]),
    1e-5,
  );
});

test("a later token changes nothing before it", () => {
  const p = params(3, 6, 2, 1);
  const x = draw([1, 9, 3], 10);
  const other = tf.concat([x.slice([0, 0, 0], [1, 8, 3]), draw([1, 1, 3], 11)], 1);
  const early = (x: tf.Tensor) => mambaBlock(x, p).slice([0, 0, 0], [1, 8, 3]);
  expect(early(other)).toMatchTensor(early(x));
});

test("bad arguments", () => {
  const p = params(3, 6, 2, 1);
  const x = tf.ones([1, 4, 3]);
  expect(() => mambaBlock(x, { ...p, wX: tf.ones([6, 4]) })).toThrow(
    "mambaBlock: expected wX [6, 5], got [6, 4]",
  );
  expect(() => mambaBlock(tf.ones([1, 4, 2]), p)).toThrow(
    "mambaBlock: expected wIn [2, 12], got [3, 12]",
  );
});

test("no tensors left behind", () => {
  const p = params(3, 6, 2, 1);
  const x = draw([2, 5, 3], 12);
  expectNoLeak(mambaBlock, x, p);
  expectNoLeak((x: tf.Tensor) => tf.grad((x: tf.Tensor) => mambaBlock(x, p).sum())(x), x);
});
