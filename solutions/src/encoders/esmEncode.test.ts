import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { esmEncode } from "./esmEncode";
import type { EsmParams } from "./types";

checkReferences("esmEncode", esmEncode);

const draw = (shape: number[], seed: number) =>
  tf.randomNormal(shape, 0, 0.7, "float32", seed) as tf.Tensor;
const norm = (C: number) => ({ gamma: tf.ones([C]), beta: tf.zeros([C]) });
function params(layers: number, C = 4): EsmParams {
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
  return { tokens: draw([9, C], 7), blocks: Array(layers).fill(block), norm: norm(C) };
}
const ids = (...rows: number[][]) => tf.tensor(rows, undefined, "int32");

test("by hand: without blocks it is the norm of the table's rows", () => {
  expect(
    esmEncode(
      ids([1, 0]),
      {
        tokens: tf.tensor([
          [1, 3],
          [8, 2],
        ]),
        blocks: [],
        norm: norm(2),
      },
      { heads: 1 },
    ),
  ).toMatchTensor(
    tf.tensor([
      [
        [1, -1],
        [-1, 1],
      ],
    ]),
    1e-4,
  );
});

test("the order of residues matters, and there is no longest sequence", () => {
  const p = params(1);
  expect(esmEncode(ids([1, 2, 3]), p, { heads: 2 }).reverse(1)).not.toMatchTensor(
    esmEncode(ids([3, 2, 1]), p, { heads: 2 }),
    1e-3,
  );
  expect(esmEncode(tf.ones([1, 300], "int32"), p, { heads: 2 }).shape).toEqual([1, 300, 4]);
});

test("padding changes nothing", () => {
  const p = params(2);
  const batch = esmEncode(ids([3, 1, 0, 0], [5, 6, 7, 8]), p, {
    heads: 2,
    lengths: tf.tensor1d([2, 4], "int32"),
  });
  expect(batch.slice([0, 0, 0], [1, 2, 4])).toMatchTensor(
    esmEncode(ids([3, 1]), p, { heads: 2 }),
    1e-5,
  );
});

test("bad arguments", () => {
  expect(() => esmEncode(ids([1, 9]), params(1), { heads: 2 })).toThrow(
    "esmEncode: expected ids from 0 to 8, got 9",
  );
  expect(() =>
    esmEncode(ids([1, 2]), params(1), { heads: 2, lengths: tf.tensor1d([1, 2], "int32") }),
  ).toThrow("esmEncode: expected lengths [1], got [2]");
  expect(() => esmEncode(ids([1, 2]), params(1, 6), { heads: 2 })).toThrow(
    "esmEncode: expected an even head width",
  );
});

test("no tensors left behind", () =>
  expectNoLeak(esmEncode, ids([1, 2], [3, 4]), params(2), {
    heads: 2,
    lengths: tf.tensor1d([2, 1], "int32"),
  }));
