import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { attendWithCache } from "./attendWithCache";
import { causalMask } from "./causalMask";
import { multiHeadAttention } from "./multiHeadAttention";
import type { KvCache } from "./types";

checkReferences("attendWithCache", attendWithCache);

const draw = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 0.5, "float32", seed);
const params = {
  wq: draw([8, 8], 1),
  wk: draw([8, 4], 2),
  wv: draw([8, 4], 3),
  wo: draw([8, 8], 4),
  bk: draw([4], 5),
};
const options = { heads: 4, kvHeads: 2, rope: { layout: "halves" as const } };

test("in pieces of any length it equals the uncached layer", () => {
  const x = draw([2, 9, 8], 6);
  const outputs: tf.Tensor[] = [];
  let cache: KvCache = { k: null, v: null };
  let at = 0;
  for (const length of [1, 3, 1, 4]) {
    const step = attendWithCache(x.slice([0, at, 0], [2, length, 8]), cache, params, options);
    outputs.push(step.output);
    cache = step.cache;
    at += length;
  }
  expect(tf.concat(outputs, 1)).toMatchTensor(
    multiHeadAttention(x, params, { ...options, mask: causalMask(9) }),
    1e-5,
  );
  expect(cache.k!.shape).toEqual([2, 2, 9, 2]);
});

test("by hand: the mean of what has been seen", () => {
  const zero = tf.zeros([1, 1]);
  const one = tf.ones([1, 1]);
  const average = { wq: zero, wk: zero, wv: one, wo: one };
  const token = (value: number) => tf.tensor([value], [1, 1, 1]);
  const first = attendWithCache(token(4), { k: null, v: null }, average, { heads: 1 });
  const second = attendWithCache(token(8), first.cache, average, { heads: 1 });
  expect(second.output).toMatchTensor(token(6));
});

test("half a cache, another cache", () => {
  const x = tf.ones([1, 1, 8]);
  const k = tf.ones([1, 2, 3, 2]);
  expect(() => attendWithCache(x, { k, v: null }, params, options)).toThrow(
    "attendWithCache: expected cache.k and cache.v to be both tensors or both null, " +
      "got cache.v null",
  );
  expect(() => attendWithCache(x, { k, v: tf.ones([1, 2, 4, 2]) }, params, options)).toThrow(
    "attendWithCache: expected cache.v [1, 2, 3, 2], got [1, 2, 4, 2]",
  );
});

test("no tensors left behind", () => {
  expectNoLeak(attendWithCache, draw([1, 2, 8], 7), { k: null, v: null }, params, options);
  expectNoLeak(
    attendWithCache,
    draw([1, 2, 8], 7),
    { k: tf.ones([1, 2, 3, 2]), v: tf.ones([1, 2, 3, 2]) },
    params,
    { ...options, mask: tf.ones([1, 5]) },
  );
});
