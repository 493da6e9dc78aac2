import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { bigBirdBlocks } from "./bigBirdBlocks";
import { blockSparseAttention } from "./blockSparseAttention";
import { scaledDotProductAttention } from "../attention/scaledDotProductAttention";

checkReferences("blockSparseAttention", blockSparseAttention);

const draw = (shape: number[], seed: number) =>
  tf.randomNormal(shape, 0, 1, "float32", seed) as tf.Tensor;
const pattern = (...rows: string[]) => rows.map((row) => [...row].map(Number));
/** Each entry as block × block entries. */
const expand = (blocks: number[][], block: number) => {
  const n = blocks.length;
  const large = tf.tensor2d(blocks).reshape([n, 1, n, 1]).tile([1, block, 1, block]);
  return large.reshape([n * block, n * block]);
};

test("by hand: equal keys give the mean of the values in the chosen blocks", () => {
  const x = tf.zeros([1, 1, 4, 1]);
  const v = tf.tensor([2, 4, 9, 5], [1, 1, 4, 1]);
  expect(blockSparseAttention(x, x, v, pattern("11", "01"), 2)).toMatchTensor(
    tf.tensor([5, 5, 7, 7], [1, 1, 4, 1]),
  );
});

test("BigBird's pattern gives attention under the expanded mask, values and gradients", () => {
  const n = 7;
  const block = 3;
  const x = [1, 2, 3].map((seed) => draw([2, 2, n * block, 4], seed));
  const uniform = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => Math.sin(i * n + j) ** 2),
  );
  const blocks = bigBirdBlocks(n * block, { block, window: 3, globals: 1, random: 1, uniform });
  const plain = (...[q, k, v]: tf.Tensor[]) =>
    scaledDotProductAttention(q!, k!, v!, { mask: expand(blocks, block) }).output;
  const sparse = (...[q, k, v]: tf.Tensor[]) => blockSparseAttention(q!, k!, v!, blocks, block);
  expect(sparse(...x)).toMatchTensor(plain(...x), 1e-5);
  const expected = tf.grads((...x: tf.Tensor[]) => tf.sum(plain(...x).square()))(x);
  const found = tf.grads((...x: tf.Tensor[]) => tf.sum(sparse(...x).square()))(x);
  found.forEach((g, i) => expect(g).toMatchTensor(expected[i]!, 1e-5));
});

test("blocks that are not chosen are not computed: their keys may be NaN", () => {
  const x = draw([1, 1, 4, 2], 4);
  const broken = tf.concat([x.slice([0, 0, 0, 0], [1, 1, 2, 2]), tf.fill([1, 1, 2, 2], NaN)], 2);
  const output = blockSparseAttention(x, broken, broken, pattern("10", "10"), 2);
  expect(Array.from(output.dataSync()).every(Number.isFinite)).toBe(true);
});

test("bad arguments", () => {
  const x = tf.ones([1, 1, 4, 2]);
  expect(() => blockSparseAttention(x, x, x, [[1]], 3)).toThrow(
    "blockSparseAttention: expected block to divide the 4 tokens of q [1, 1, 4, 2], got block 3",
  );
  expect(() => blockSparseAttention(x, x, x, [[1, 0], [1]], 2)).toThrow(
    "blockSparseAttention: expected blocks [2, 2] of 0 and 1, got 2 rows of 2, 1",
  );
  expect(() => blockSparseAttention(x, x, x, pattern("10", "21"), 2)).toThrow("of 0 and 1");
});

test("no tensors left behind", () => {
  const x = draw([1, 2, 6, 4], 5);
  expectNoLeak(blockSparseAttention, x, x, x, pattern("101", "000", "111"), 2);
});
