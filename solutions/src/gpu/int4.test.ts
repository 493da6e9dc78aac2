/** Four bits by hand, there and back, and what rounding costs at most. */
import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import "../shared/shared.testing";
import { packInt4, unpackInt4 } from "./int4";

const flat = (x: tf.Tensor) => Array.from(x.dataSync());

test("eight weights in a word, the first in the lowest bits, by hand", async () => {
  const row = Array.from({ length: 32 }, (_, i) => (i < 16 ? i - 8 : 0)); // the farthest is −8
  const { words, scales } = await packInt4(tf.tensor2d([row]));
  expect(words.shape).toEqual([4, 1]);
  expect(flat(scales)).toEqual([1]);
  // bits 0, 1 … 7; then 8 … 15; then eights, which stand for zero
  expect(flat(words).map((w) => w >>> 0)).toEqual([0x76543210, 0xfedcba98, 0x88888888, 0x88888888]);
});

test("a word lies beside the next row's", async () => {
  const two = tf.stack([tf.fill([64], -8), tf.zeros([64])]);
  const { words, scales } = await packInt4(two);
  expect(words.shape).toEqual([8, 2]);
  expect(scales.shape).toEqual([2, 2]);
  const eights = 0x88888888 | 0; // a block of zeros has scale zero and bits of 8
  expect(flat(words)).toEqual(Array.from({ length: 16 }, (_, i) => (i % 2 === 0 ? 0 : eights)));
  expect(flat(scales.abs())).toEqual([1, 0, 1, 0]); // −8 and 0 divided by −8
});

test("multiples of a scale come back as they are", async () => {
  const levels = tf.randomUniform([5, 96], -8, 8, "int32", 1).cast("float32");
  const farthest = tf.concat([tf.fill([5, 1], -8), levels.slice([0, 1], [5, 31])], 1);
  const matrix = tf.concat([farthest, farthest.neg().neg(), farthest], 1).mul(0.25);
  expect(flat(await unpackInt4(await packInt4(matrix)))).toEqual(flat(matrix));
});

test("a weight moves by a scale at most, and the farthest of a block not at all", async () => {
  const matrix = tf.randomNormal([7, 64], 0, 1, "float32", 2);
  const packed = await packInt4(matrix);
  const error = matrix
    .sub(await unpackInt4(packed))
    .abs()
    .reshape([7, 2, 32]);
  const scale = packed.scales.abs().transpose().expandDims(2); // [7, 2, 1]
  expect(Math.max(...flat(error.sub(scale)))).toBeLessThanOrEqual(1e-6);
  const farthest = matrix.abs().reshape([7, 2, 32]).argMax(2).flatten();
  const there = error.reshape([14, 32]).mul(tf.oneHot(farthest, 32)).sum(1);
  expect(Math.max(...flat(there))).toBeLessThanOrEqual(1e-6);
});

test("what does not fit is named", async () => {
  const columns = "packInt4: expected a multiple of 32 columns";
  await expect(packInt4(tf.zeros([2, 33]))).rejects.toThrow(columns);
  await expect(packInt4(tf.zeros([32]))).rejects.toThrow("packInt4: expected matrix");
  await expect(packInt4(tf.zeros([2, 32], "int32"))).rejects.toThrow("packInt4");
  const { words } = await packInt4(tf.zeros([2, 32]));
  await expect(unpackInt4({ words, scales: tf.zeros([2, 2]) })).rejects.toThrow("unpackInt4");
});
