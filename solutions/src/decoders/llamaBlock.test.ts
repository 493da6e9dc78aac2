import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { llamaBlock } from "./llamaBlock";
import { smallLlama } from "./smallLlama.testing";
import type { KvCache } from "../attention/types";

checkReferences("llamaBlock", llamaBlock);

const {
  params: {
    blocks: [block],
  },
  options,
} = smallLlama();
const empty: KvCache = { k: null, v: null };

test("in two pieces it equals one", () => {
  const x = tf.randomNormal([2, 5, 8], 0, 1, "float32", 1) as tf.Tensor;
  const whole = llamaBlock(x, empty, block!, options);
  const first = llamaBlock(x.slice([0, 0, 0], [2, 3, 8]), empty, block!, options);
  const second = llamaBlock(x.slice([0, 3, 0], [2, 2, 8]), first.cache, block!, options);
  expect(tf.concat([first.output, second.output], 1)).toMatchTensor(whole.output, 1e-5);
  expect(second.cache.k).toMatchTensor(whole.cache.k, 1e-5);
  expect(second.cache.v.shape).toEqual([2, 2, 5, 2]);
});

test("by hand: where attention and feed-forward give nothing, x passes", () => {
  const x = tf.ones([1, 2, 8]);
  const zero = (w: tf.Tensor) => tf.zerosLike(w);
  const silent = {
    ...block!,
    attention: { ...block!.attention, wo: zero(block!.attention.wo) },
    mlp: { ...block!.mlp, down: zero(block!.mlp.down) },
  };
  expect(llamaBlock(x, empty, silent, options).output).toMatchTensor(x);
});

test("half a cache", () => {
  expect(() =>
    llamaBlock(tf.ones([1, 1, 8]), { k: tf.ones([1, 2, 3, 2]), v: null }, block!, options),
  ).toThrow("cache.v null");
});

test("no tensors left behind", () => {
  expectNoLeak(llamaBlock, tf.ones([1, 2, 8]), empty, block!, options);
});
