/**
 * What lesson 07 reaches: costs that grow with the length and not with its square. Bytes are
 * counted here; times are measured by `npm run bench attention`.
 */
import * as tf from "@tensorflow/tfjs-core";
import { peakBytes } from "course";
import { expect, test } from "vitest";
import "../shared/shared.testing";
import { blockSparseAttention } from "./blockSparseAttention";
import { flashAttention } from "./flashAttention";
import { linearAttention } from "./linearAttention";
import { scaledDotProductAttention } from "../attention/scaledDotProductAttention";
import { slidingWindowAttention } from "./slidingWindowAttention";

const LENGTHS = [256, 512, 1024, 2048, 4096, 8192, 16384];
const BLOCK = 64;
const draw = (T: number) =>
  [1, 2, 3].map((seed) => tf.randomNormal([1, 1, T, 64], 0, 1, "float32", seed)) as [
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
  ];
const nearBlocks = (T: number) =>
  Array.from({ length: T / BLOCK }, (_, i) =>
    Array.from({ length: T / BLOCK }, (_, j) => (Math.abs(i - j) < 3 ? 1 : 0)),
  );
type Way = (q: tf.Tensor, k: tf.Tensor, v: tf.Tensor) => tf.Tensor;
const naive: Way = (q, k, v) => scaledDotProductAttention(q, k, v).output;
const flash: Way = (q, k, v) => flashAttention(q, k, v).output;
const near: Way = (q, k, v) => slidingWindowAttention(q, k, v, { window: 256 });
const linear: Record<string, Way> = {
  "linear attention": (q, k, v) => linearAttention(q, k, v),
  "causal linear attention": (q, k, v) => linearAttention(q, k, v, { causal: true }),
};

/** Slope of the line of least squares through the logarithms. */
function exponent(x: number[], y: number[]): number {
  const mean = (a: number[]) => a.reduce((s, b) => s + b) / a.length;
  const u = x.map(Math.log);
  const w = y.map(Math.log);
  return (
    u.reduce((s, a, i) => s + (a - mean(u)) * (w[i]! - mean(w)), 0) /
    u.reduce((s, a) => s + (a - mean(u)) ** 2, 0)
  );
}

function over<T>(
  lengths: number[],
  f: (x: [tf.Tensor, tf.Tensor, tf.Tensor], T: number) => T,
): T[] {
  return lengths.map((T) => {
    const x = draw(T);
    const result = f(x, T);
    tf.dispose(x);
    return result;
  });
}

test(
  "peak bytes: with T² for plain attention, with T at most for all others, in the gradient of " +
    "flash too",
  () => {
    const bytes = (way: Way, lengths = LENGTHS) =>
      exponent(
        lengths,
        over(lengths, (x) => peakBytes(() => way(...x))),
      );
    expect(bytes(naive, [256, 512, 1024, 2048])).toBeGreaterThan(1.9);
    const short = [512, 1024, 2048, 4096];
    expect(bytes(flash, short)).toBeLessThanOrEqual(1.1);
    for (const way of [near, ...Object.values(linear)]) expect(bytes(way)).toBeLessThanOrEqual(1.1);
    expect(
      exponent(
        short,
        over(short, (x, T) => peakBytes(() => blockSparseAttention(...x, nearBlocks(T), BLOCK))),
      ),
    ).toBeLessThanOrEqual(1.1);
    const gradient = (q: tf.Tensor, k: tf.Tensor, v: tf.Tensor) =>
      tf.grads((...x: tf.Tensor[]) => flash(x[0]!, x[1]!, x[2]!).square().sum())([q, k, v])[0]!;
    expect(bytes(gradient, [512, 1024, 2048])).toBeLessThanOrEqual(1.1);
  },
  120_000,
);
