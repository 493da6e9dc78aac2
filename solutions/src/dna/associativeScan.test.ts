import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { associativeScan } from "./associativeScan";

checkReferences("associativeScan", associativeScan);

const draw = (shape: number[], seed: number) =>
  tf.randomNormal(shape, 0, 1, "float32", seed) as tf.Tensor;

/** Step after step. */
const steps = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => {
  const [B, T, ...rest] = a.shape as [number, number, ...number[]];
  const at = (x: tf.Tensor, t: number) => x.slice([0, t], [B, 1]).reshape([B, ...rest]);
  let h: tf.Tensor = tf.zeros([B, ...rest]);
  return tf.stack(
    Array.from({ length: T }, (_, t) => (h = at(a, t).mul(h).add(at(b, t)))),
    1,
  );
};

test("by hand: halving and adding 1, 2, 4", () => {
  const a = tf.tensor([0.5, 0.5, 0.5], [1, 3]);
  const b = tf.tensor([1, 2, 4], [1, 3]);
  expect(associativeScan(a, b)).toMatchTensor(tf.tensor([1, 2.5, 5.25], [1, 3]));
});

test("with a of one it is a running sum", () => {
  const b = draw([2, 37, 3], 1);
  expect(associativeScan(tf.onesLike(b), b)).toMatchTensor(b.cumsum(1), 1e-5);
});

test("equals step after step, values and gradients, for any length", () => {
  for (const T of [1, 2, 3, 4, 7, 8, 13, 32]) {
    const x = [draw([2, T, 3, 2], T), draw([2, T, 3, 2], 50 + T)];
    const square =
      (f: typeof steps) =>
      (...[a, b]: tf.Tensor[]) =>
        f(a!, b!).square().sum();
    const expected = steps(x[0]!, x[1]!);
    const scale = Math.max(1, expected.abs().max().dataSync()[0]!);
    expect(associativeScan(x[0]!, x[1]!).div(scale)).toMatchTensor(expected.div(scale), 1e-5);
    const gradients = tf.grads(square(steps))(x);
    tf.grads(square(associativeScan))(x).forEach((g, i) => {
      const size = Math.max(1, gradients[i]!.abs().max().dataSync()[0]!);
      expect(g.div(size)).toMatchTensor(gradients[i]!.div(size), 1e-5);
    });
  }
});

test("as many calls for a sequence twice as long, and one round more", () => {
  const calls = (T: number) => {
    const x = tf.ones([1, T, 1]);
    const engine = tf.engine();
    const profiled = engine.profile(() => associativeScan(x, x));
    return profiled.then((p) => p.kernels.length);
  };
  return Promise.all([64, 128, 256].map(calls)).then(([a, b, c]) => expect(c! - b!).toBe(b! - a!));
});

test("bad arguments", () => {
  expect(() => associativeScan(tf.ones([3]), tf.ones([3]))).toThrow(
    "associativeScan: expected a with at least the axes B and T, got [3]",
  );
  expect(() => associativeScan(tf.ones([1, 3, 2]), tf.ones([1, 3, 1]))).toThrow(
    "associativeScan: expected b [1, 3, 2], got [1, 3, 1]",
  );
  expect(associativeScan(tf.zeros([2, 0, 3]), tf.zeros([2, 0, 3]))).toMatchTensor(
    tf.zeros([2, 0, 3]),
  );
});

test("no tensors left behind", () => {
  const a = draw([2, 11, 3], 4);
  const b = draw([2, 11, 3], 5);
  expectNoLeak(associativeScan, a, b);
  expectNoLeak(associativeScan, a.slice([0, 0, 0], [2, 1, 3]), b.slice([0, 0, 0], [2, 1, 3]));
});
