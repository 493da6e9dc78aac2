import * as tf from "@tensorflow/tfjs-core";
import { random, toTensors } from "grader";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { decoderBlock } from "./decoderBlock";
import { drawDecoderBlock } from "./drawDecoder";
import type { DecoderBlockParams } from "./types";

checkReferences("decoderBlock", decoderBlock);

const params = toTensors(drawDecoderBlock(random(1), 8, 16)) as DecoderBlockParams;
const draw = (shape: number[], seed: number) =>
  tf.randomNormal(shape, 0, 1, "float32", seed) as tf.Tensor;

test("by hand: with nothing to mix, pre-norm leaves x as it is", () => {
  const zero = tf.zeros([2, 2]);
  const one = { gamma: tf.ones([2]), beta: tf.zeros([2]) };
  const none = { wq: zero, wk: zero, wv: zero, wo: zero };
  const x = tf.tensor([3, 1, 5, 9], [1, 2, 2]);
  const still = {
    norm1: one,
    self: none,
    norm2: one,
    cross: none,
    norm3: one,
    mlp: { w1: zero, w2: zero },
  };
  expect(decoderBlock(x, tf.ones([1, 3, 2]), still, { heads: 1, norm: "pre" })).toMatchTensor(x);
  expect(decoderBlock(x, tf.ones([1, 3, 2]), still, { heads: 1 })).toMatchTensor(
    tf.tensor([1, -1, -1, 1], [1, 2, 2]),
    1e-4,
  ); // three norms, one after another
});

test("no token sees a later one, all see the whole memory, and its order does not matter", () => {
  const x = draw([1, 5, 8], 1);
  const memory = draw([1, 4, 8], 2);
  const changed = tf.concat([x.slice([0, 0, 0], [1, 4, 8]), draw([1, 1, 8], 3)], 1);
  const y = decoderBlock(x, memory, params, { heads: 2 });
  const first = (t: tf.Tensor) => t.slice([0, 0, 0], [1, 4, 8]);
  expect(first(decoderBlock(changed, memory, params, { heads: 2 }))).toMatchTensor(first(y), 1e-6);
  expect(decoderBlock(x, memory.reverse(1), params, { heads: 2 })).toMatchTensor(y, 1e-5);
  expect(decoderBlock(x, memory.mul(2), params, { heads: 2 })).not.toMatchTensor(y, 1e-2);
});

test("a bad norm, a mask of another shape", () => {
  const x = draw([1, 2, 8], 4);
  const memory = draw([1, 3, 8], 5);
  expect(() => decoderBlock(x, memory, params, { heads: 2, norm: "sandwich" as "pre" })).toThrow(
    'decoderBlock: expected norm to be "pre" or "post", got "sandwich"',
  );
  expect(() => decoderBlock(x, memory, params, { heads: 2, mask: tf.ones([3, 3]) })).toThrow(
    "decoderBlock: expected mask to broadcast to [1, 2, 2, 2], got [3, 3]",
  );
});

test("no tensors left behind", () =>
  expectNoLeak(decoderBlock, draw([1, 3, 8], 6), draw([1, 2, 8], 7), params, {
    heads: 2,
    mask: tf.ones([3, 3]),
    norm: "pre",
  }));
