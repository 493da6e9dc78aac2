import * as tf from "@tensorflow/tfjs-core";
import { random } from "grader";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { drawAttentionParams, tensorsOf } from "./pairCases";
import { rowAttentionWithPairBias } from "./rowAttentionWithPairBias";

checkReferences("rowAttentionWithPairBias", rowAttentionWithPairBias);

const draw = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, "float32", seed);
const params = tensorsOf<Parameters<typeof rowAttentionWithPairBias>[2]>(
  drawAttentionParams(random(1), 4, { heads: 2, pair: 5, normPair: true }),
);

test("by hand: a huge bias for one pair lets a residue read that one alone", () => {
  const zero = tf.zeros([2, 2]);
  const I = tf.eye(2);
  const norm = { gamma: tf.ones([2]), beta: tf.zeros([2]) };
  const plain = {
    norm,
    normPair: norm,
    wq: zero,
    wk: zero,
    wv: I,
    wBias: tf.tensor([[0], [100]]),
    wGate: zero,
    bGate: tf.fill([2], 20),
    wo: I,
  };
  const msa = tf.tensor([-1, 1, 1, -1], [1, 1, 2, 2]);
  const z = tf.tensor([1, -1, -1, 1, -1, 1, 1, -1], [1, 2, 2, 2]); // 0 reads 1, 1 reads 0
  expect(rowAttentionWithPairBias(msa, z, plain, { heads: 1 })).toMatchTensor(
    tf.tensor([1, -1, -1, 1], [1, 1, 2, 2]),
    1e-4,
  );
});

test("sequences do not see each other: changing one leaves the others", () => {
  const msa = draw([1, 3, 4, 4], 2);
  const z = draw([1, 4, 4, 5], 3);
  const changed = tf.concat([msa.slice([0, 0, 0, 0], [1, 2, 4, 4]), draw([1, 1, 4, 4], 4)], 1);
  const two = (m: tf.Tensor) =>
    rowAttentionWithPairBias(m, z, params, { heads: 2 }).slice([0, 0, 0, 0], [1, 2, 4, 4]);
  expect(two(changed)).toMatchTensor(two(msa), 1e-5);
});

test("bad input", () => {
  expect(() =>
    rowAttentionWithPairBias(draw([1, 2, 3, 4], 1), draw([1, 4, 4, 5], 2), params, { heads: 2 }),
  ).toThrow("rowAttentionWithPairBias: expected z [1, 3, 3, 5], got [1, 4, 4, 5]");
});

test("no tensors left behind", () =>
  expectNoLeak(rowAttentionWithPairBias, draw([2, 2, 3, 4], 1), draw([2, 3, 3, 5], 2), params, {
    heads: 2,
    mask: tf.ones([2, 2, 3]),
  }));
