import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { hyena, type HyenaParams } from "./hyena";

checkReferences("hyena", hyena);

const draw = (shape: number[], seed: number) =>
  tf.randomNormal(shape, 0, 1, "float32", seed) as tf.Tensor;
const params = (C: number, T: number): HyenaParams => ({
  w: draw([C, 3 * C], 1),
  b: draw([3 * C], 2),
  short: draw([3 * C, 3], 3),
  shortBias: draw([3 * C], 4),
  filter: draw([C, T], 5),
  skip: draw([C], 6),
  wOut: draw([C, C], 7),
  bOut: draw([C], 8),
});

test(
  "by hand: one channel, projections of 1, 2 and 3 times the token, a filter that remembers " +
    "the token before",
  () => {
    const here = tf.tensor([0, 0, 1, 0, 0, 1, 0, 0, 1], [3, 3]);
    const y = hyena(tf.tensor([1, 2], [1, 2, 1]), {
      w: tf.tensor([1, 2, 3], [1, 3]),
      short: here,
      filter: tf.tensor([0, 1], [1, 2]),
      skip: tf.tensor([10]),
      wOut: tf.tensor([1], [1, 1]),
    });
    expect(y).toMatchTensor(tf.tensor([60, 2 * (6 + 240)], [1, 2, 1]), 1e-5); // x1·v is 6 and 24
  },
);

test("a later token changes nothing before it, an earlier one changes what comes after", () => {
  const p = params(3, 9);
  const x = draw([1, 9, 3], 9);
  const change = (t: number) =>
    x.add(
      tf
        .oneHot(tf.tensor1d([t], "int32"), 9)
        .cast("float32")
        .reshape([1, 9, 1]),
    );
  const rows = (y: tf.Tensor) => y.slice([0, 0, 0], [1, 8, 3]);
  expect(rows(hyena(change(8), p))).toMatchTensor(rows(hyena(x, p)), 1e-4);
  expect(
    hyena(change(0), p).sub(hyena(x, p)).slice([0, 8, 0], [1, 1, 3]).abs().max().dataSync()[0],
  ).toBeGreaterThan(1e-3);
});

test("bad arguments", () => {
  const x = tf.ones([1, 4, 3]);
  const p = params(3, 4);
  expect(() => hyena(x, { ...p, filter: tf.ones([3, 5]) })).toThrow(
    "hyena: expected filter [3, 4], got [3, 5]",
  );
  expect(() => hyena(x, { ...p, short: tf.ones([3, 3]) })).toThrow(
    "hyena: expected short [9, 3], got [3, 3]",
  );
  expect(() => hyena(tf.ones([4, 3]), p)).toThrow("hyena: expected u [B, T, C], got [4, 3]");
});

test("no tensors left behind", () => {
  const p = params(3, 5);
  const x = draw([2, 5, 3], 10);
  expectNoLeak(hyena, x, p);
  expectNoLeak((x: tf.Tensor) => tf.grad((x: tf.Tensor) => hyena(x, p).sum())(x), x);
});
