import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { expectNoLeak } from "../shared/shared.testing";
import { bucketBias } from "./bucketBias";
import { letterModel, type LetterParams } from "./letterModel";
import { SCHEMES } from "./letters.testing";

const V = 7;
const C = 8;
const F = 12;
const normal = (shape: number[], seed: number, deviation = 1): tf.Tensor =>
  tf.randomNormal(shape, 0, deviation, "float32", seed);
const params: LetterParams = {
  letters: normal([V, C], 1),
  norm: tf.ones([C]),
  head: normal([C, V], 2),
  places: normal([9, C], 3),
  bias: normal([4, 2], 4),
};
for (const l of [0, 1]) {
  Object.assign(params, {
    [`${l}.norm1`]: tf.ones([C]),
    [`${l}.norm2`]: tf.ones([C]),
    [`${l}.w1`]: normal([C, F], 10 + l),
    [`${l}.w2`]: normal([F, C], 20 + l),
  });
  // small, or one key gets all the weight
  ["wq", "wk", "wv", "wo"].forEach((name, i) => {
    params[`${l}.${name}`] = normal([C, C], 30 + 10 * l + i, 0.3);
  });
}
const ids = (...rows: number[][]) => tf.tensor2d(rows, [rows.length, rows[0]!.length], "int32");

test.for(SCHEMES)("%s: the future changes nothing", (scheme) => {
  const a = letterModel(ids([1, 2, 3, 4, 5]), params, { scheme, heads: 2 });
  const b = letterModel(ids([1, 2, 3, 6, 0]), params, { scheme, heads: 2 });
  expect(a.shape).toEqual([1, 5, V]);
  expect(a.slice([0, 0, 0], [1, 3, V])).toMatchTensor(b.slice([0, 0, 0], [1, 3, V]), 1e-5);
  expect(a).not.toMatchTensor(b, 1e-3);
});

test("only with positions does the order of earlier letters count", () => {
  const oneLayer = Object.fromEntries(
    Object.entries(params).filter(([name]) => !name.startsWith("1.")),
  );
  const last = (row: number[], scheme: (typeof SCHEMES)[number]) =>
    letterModel(ids(row), oneLayer, { scheme, heads: 2 }).slice([0, 3, 0], [1, 1, V]);
  for (const scheme of SCHEMES) {
    const [a, b] = [last([1, 2, 3, 4], scheme), last([3, 1, 2, 4], scheme)];
    if (scheme === "none") expect(a).toMatchTensor(b, 1e-4);
    else expect(a).not.toMatchTensor(b, 1e-3);
  }
});

test("a text longer than the learned table throws", () => {
  expect(() =>
    letterModel(tf.zeros([1, 10], "int32"), params, { scheme: "learned", heads: 2 }),
  ).toThrow("learnedPositions: expected length to be at most 9");
});

test("RoPE's scale divides the positions", () => {
  const scaled = (scale?: number) =>
    letterModel(ids([1, 2, 3, 4, 5]), params, { scheme: "rope", heads: 2, scale });
  expect(scaled()).toMatchTensor(scaled(1));
  expect(scaled()).not.toMatchTensor(scaled(4), 1e-3);
});

test("by hand: the bias of four buckets, two of them exact", () => {
  const table = tf.tensor2d([
    [0, 10],
    [1, 11],
    [2, 12],
    [3, 13],
  ]);
  const bias = bucketBias(table, 7).arraySync() as number[][][];
  expect(bias.map((head) => head[6])).toEqual([
    [3, 3, 3, 2, 2, 1, 0],
    [13, 13, 13, 12, 12, 11, 10],
  ]); // distances 6 … 0; the third bucket begins at 2, the fourth at 4
  expect(bias[0]![0]).toEqual([0, 0, 0, 0, 0, 0, 0]); // keys to come count as distance 0
});

test("no tensors left behind", () => {
  for (const scheme of SCHEMES) {
    expectNoLeak(letterModel, ids([1, 2, 3]), params, { scheme, heads: 2 });
  }
  expectNoLeak(bucketBias, params.bias!, 5);
});
