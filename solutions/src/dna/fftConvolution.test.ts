import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { fftConvolution } from "./fftConvolution";

checkReferences("fftConvolution", fftConvolution);

const draw = (shape: number[], seed: number) =>
  tf.randomNormal(shape, 0, 1, "float32", seed) as tf.Tensor;

/** The sum of the definition, by shifts, so that tfjs knows its gradient. */
const direct = (u: tf.Tensor, k: tf.Tensor): tf.Tensor => {
  const [B, C, T] = u.shape as [number, number, number];
  const late = (s: number) =>
    tf
      .concat([tf.zeros([B, C, s]), u.slice([0, 0, 0], [B, C, T - s])], 2)
      .mul(k.slice([0, s], [C, 1]));
  return Array.from({ length: T }, (_, s) => late(s)).reduce((sum, term) => sum.add(term));
};

test("by hand: (1, 2, 3) by the filter (1, 10, 100) is (1, 12, 123)", () => {
  expect(
    fftConvolution(tf.tensor([1, 2, 3], [1, 1, 3]), tf.tensor([1, 10, 100], [1, 3])),
  ).toMatchTensor(tf.tensor([1, 12, 123], [1, 1, 3]), 1e-5);
});

test("a filter that is one at s delays by s, and nothing comes back at the beginning", () => {
  const u = draw([1, 1, 7], 1);
  const k = tf.tensor([0, 0, 0, 0, 0, 1, 0], [1, 7]);
  expect(fftConvolution(u, k)).toMatchTensor(
    tf.concat([tf.zeros([1, 1, 5]), u.slice([0, 0, 0], [1, 1, 2])], 2),
    1e-5,
  );
});

test("values and both gradients are those of the sum itself", () => {
  for (const T of [1, 2, 5, 8, 21]) {
    const x = [draw([2, 3, T], T), draw([3, T], 100 + T)];
    const square =
      (f: typeof direct) =>
      (...[u, k]: tf.Tensor[]) =>
        f(u!, k!).square().sum();
    expect(fftConvolution(x[0]!, x[1]!)).toMatchTensor(direct(x[0]!, x[1]!), 1e-5);
    const expected = tf.grads(square(direct))(x);
    tf.grads(square(fftConvolution))(x).forEach((g, i) =>
      expect(g).toMatchTensor(expected[i]!, 1e-4),
    );
  }
});

test("no tokens give none", () => {
  expect(fftConvolution(tf.zeros([2, 3, 0]), tf.zeros([3, 0]))).toMatchTensor(tf.zeros([2, 3, 0]));
});

test("bad arguments", () => {
  expect(() => fftConvolution(tf.ones([2, 3]), tf.ones([3, 4]))).toThrow(
    "fftConvolution: expected u [B, C, T], got [2, 3]",
  );
  expect(() => fftConvolution(tf.ones([1, 3, 4]), tf.ones([3, 5]))).toThrow(
    "fftConvolution: expected k [3, 4], got [3, 5]",
  );
});

test("no tensors left behind", () => {
  const u = draw([2, 3, 5], 4);
  const k = draw([3, 5], 5);
  expectNoLeak(fftConvolution, u, k);
  expectNoLeak(
    (u: tf.Tensor, k: tf.Tensor) =>
      tf.grads((...x: tf.Tensor[]) => fftConvolution(x[0]!, x[1]!).sum())([u, k]),
    u,
    k,
  );
});
