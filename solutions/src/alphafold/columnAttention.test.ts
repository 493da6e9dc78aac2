import * as tf from "@tensorflow/tfjs-core";
import { random } from "grader";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { columnAttention } from "./columnAttention";
import { drawAttentionParams, tensorsOf } from "./pairCases";
import type { GatedAttentionParams } from "./pairTypes";

checkReferences("columnAttention", columnAttention);

const draw = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, "float32", seed);
const params = tensorsOf<GatedAttentionParams>(drawAttentionParams(random(1), 4, { heads: 2 }));

test("by hand: with equal scores and open gates each column becomes its mean", () => {
  const zero = tf.zeros([2, 2]);
  const I = tf.eye(2);
  const norm = { gamma: tf.ones([2]), beta: tf.zeros([2]) };
  const plain = { norm, wq: zero, wk: zero, wv: I, wGate: zero, bGate: tf.fill([2], 20), wo: I };
  const msa = tf.tensor([-1, 1, 1, -1, 1, -1, 1, -1], [1, 2, 2, 2]);
  expect(columnAttention(msa, plain, { heads: 1 })).toMatchTensor(
    tf.tensor([0, 0, 1, -1, 0, 0, 1, -1], [1, 2, 2, 2]),
    1e-4,
  );
});

test("the order of sequences does not matter, and places do not see each other", () => {
  const msa = draw([1, 4, 3, 4], 2);
  const attend = (m: tf.Tensor) => columnAttention(m, params, { heads: 2 });
  expect(attend(msa.reverse(1)).reverse(1)).toMatchTensor(attend(msa), 1e-5);
  expect(attend(msa.slice([0, 0, 0, 0], [1, 4, 2, 4]))).toMatchTensor(
    attend(msa).slice([0, 0, 0, 0], [1, 4, 2, 4]),
    1e-5,
  );
});

test("bad input", () =>
  expect(() =>
    columnAttention(draw([1, 2, 3, 4], 1), params, { heads: 2, mask: tf.ones([1, 3, 2]) }),
  ).toThrow("columnAttention: expected mask [1, 2, 3], got [1, 3, 2]"));

test("no tensors left behind", () =>
  expectNoLeak(columnAttention, draw([1, 2, 3, 4], 1), params, {
    heads: 2,
    mask: tf.ones([1, 2, 3]),
  }));
