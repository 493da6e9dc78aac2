import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { bertEncode } from "./bertEncode";
import type { BertParams } from "./types";

checkReferences("bertEncode", bertEncode);

const draw = (shape: number[], seed: number) =>
  tf.randomNormal(shape, 0, 0.5, "float32", seed) as tf.Tensor;
const norm = (C: number) => ({ gamma: tf.ones([C]), beta: tf.zeros([C]) });
function params(layers: number, C = 4): BertParams {
  const block = {
    norm1: norm(C),
    attention: {
      wq: draw([C, C], 1),
      wk: draw([C, C], 2),
      wv: draw([C, C], 3),
      wo: draw([C, C], 4),
    },
    norm2: norm(C),
    mlp: { w1: draw([C, 6], 5), w2: draw([6, C], 6) },
  };
  return {
    tokens: draw([9, C], 7),
    positions: draw([6, C], 8),
    segments: draw([2, C], 9),
    norm: norm(C),
    blocks: Array(layers).fill(block),
  };
}
const ids = (...rows: number[][]) => tf.tensor(rows, undefined, "int32");

test("by hand: without blocks it is the norm of word + place + segment", () => {
  const p = {
    ...params(0, 2),
    tokens: tf.tensor([[1, 5]]),
    positions: tf.tensor([
      [1, 0],
      [0, 9],
    ]),
    segments: tf.tensor([
      [0, 0],
      [9, 0],
    ]),
  };
  expect(bertEncode(ids([0, 0]), p, { heads: 1, segments: ids([0, 1]) })).toMatchTensor(
    tf.tensor([
      [
        [-1, 1],
        [-1, 1],
      ],
    ]),
    1e-5,
  );
});

test("padding changes nothing: a sentence alone and in a batch of longer ones", () => {
  const p = params(2);
  const alone = bertEncode(ids([3, 1, 4]), p, { heads: 2 });
  const batch = bertEncode(ids([3, 1, 4, 0, 0], [5, 6, 7, 8, 2]), p, {
    heads: 2,
    lengths: tf.tensor1d([3, 5], "int32"),
  });
  expect(batch.slice([0, 0, 0], [1, 3, 4])).toMatchTensor(alone, 1e-5);
});

test("every token sees every other, those behind it too", () => {
  const p = params(1);
  const one = bertEncode(ids([1, 2, 3]), p, { heads: 2 });
  const other = bertEncode(ids([1, 2, 8]), p, { heads: 2 });
  expect(one.slice([0, 0, 0], [1, 1, 4])).not.toMatchTensor(
    other.slice([0, 0, 0], [1, 1, 4]),
    1e-3,
  );
});

test("bad arguments", () => {
  expect(() => bertEncode(ids([1, 2, 3, 4, 5, 6, 7]), params(1), { heads: 2 })).toThrow(
    "bertEncode: expected ids of at most 6 tokens, got 7",
  );
  expect(() => bertEncode(ids([1, 9]), params(1), { heads: 2 })).toThrow(
    "bertEncode: expected ids from 0 to 8, got 9",
  );
  expect(() =>
    bertEncode(ids([1, 2]), params(1), { heads: 2, lengths: tf.tensor1d([1, 2], "int32") }),
  ).toThrow("bertEncode: expected lengths [1], got [2]");
  expect(() => bertEncode(tf.tensor([[1, 2]]), params(1), { heads: 2 })).toThrow(
    "bertEncode: expected ids of dtype int32, got float32",
  );
});

test("no tensors left behind", () =>
  expectNoLeak(bertEncode, ids([1, 2], [3, 4]), params(2), {
    heads: 2,
    lengths: tf.tensor1d([2, 1], "int32"),
  }));
