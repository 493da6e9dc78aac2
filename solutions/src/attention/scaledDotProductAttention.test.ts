import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { scaledDotProductAttention } from "./scaledDotProductAttention";

checkReferences("scaledDotProductAttention", scaledDotProductAttention);

test("by hand: two keys, scores 0 and ln 3, weights ¼ and ¾", () => {
  const q = tf.tensor([Math.log(3)], [1, 1, 1, 1]);
  const k = tf.tensor([0, 1], [1, 1, 2, 1]);
  const v = tf.tensor([4, 8], [1, 1, 2, 1]);
  const { output, weights } = scaledDotProductAttention(q, k, v);
  expect(weights).toMatchTensor(tf.tensor([0.25, 0.75], [1, 1, 1, 2]));
  expect(output).toMatchTensor(tf.tensor([7], [1, 1, 1, 1]));
});

test("the order of keys does not matter", () => {
  const [q, k, v] = [1, 2, 3].map((seed) =>
    tf.randomNormal([1, 2, 4, 3], 0, 1, "float32", seed),
  ) as [tf.Tensor, tf.Tensor, tf.Tensor];
  expect(scaledDotProductAttention(q, k.reverse(2), v.reverse(2)).output).toMatchTensor(
    scaledDotProductAttention(q, k, v).output,
    1e-5,
  );
});

test("without keys or queries gradients are zeros, also for one batch and one head", () => {
  for (const [T, S] of [
    [0, 3],
    [3, 0],
    [0, 0],
  ] as const) {
    const q = tf.ones([1, 1, T, 2]);
    const k = tf.ones([1, 1, S, 2]);
    tf.ones([64]).mul(7).dispose(); // so that freed memory does not hold zeros by chance
    const grads = tf.grads((q: tf.Tensor, k: tf.Tensor, v: tf.Tensor) =>
      scaledDotProductAttention(q, k, v).output.sum(),
    )([q, k, k.clone()]);
    expect(grads[0]).toMatchTensor(tf.zeros([1, 1, T, 2]));
    expect(grads[1]).toMatchTensor(tf.zeros([1, 1, S, 2]));
    expect(scaledDotProductAttention(q, k, k)).toMatchObject({
      output: { shape: [1, 1, T, 2] },
      weights: { shape: [1, 1, T, S] },
    });
  }
});

test("bad options", () => {
  const x = tf.ones([1, 2, 3, 4]);
  expect(() => scaledDotProductAttention(x, x, x, { mask: tf.ones([2, 3]) })).toThrow(
    "scaledDotProductAttention: expected mask to broadcast to [1, 2, 3, 3], got [2, 3]",
  );
  expect(() => scaledDotProductAttention(x, x, x, { scale: NaN })).toThrow("expected scale");
  expect(() => scaledDotProductAttention(x.cast("int32"), x, x)).toThrow(
    "expected q of dtype float32, got int32",
  );
});

test("no tensors left behind", () => {
  const x = tf.ones([1, 2, 3, 4]);
  expectNoLeak(scaledDotProductAttention, x, x, x, {
    mask: tf.ones([3, 3]),
    bias: tf.ones([2, 1, 1]),
  });
  expectNoLeak(scaledDotProductAttention, x, tf.ones([1, 2, 0, 4]), tf.ones([1, 2, 0, 4]));
});
