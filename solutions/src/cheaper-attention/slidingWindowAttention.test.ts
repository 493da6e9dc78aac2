import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { scaledDotProductAttention } from "../attention/scaledDotProductAttention";
import { slidingWindowAttention } from "./slidingWindowAttention";
import { slidingWindowMask } from "./slidingWindowMask";

checkReferences("slidingWindowAttention", slidingWindowAttention);

const draw = (shape: number[], seed: number) =>
  tf.randomNormal(shape, 0, 1, "float32", seed) as tf.Tensor;

test("by hand: equal keys give the mean of the values in the window", () => {
  const x = tf.zeros([1, 1, 4, 1]);
  const v = tf.tensor([2, 4, 9, 5], [1, 1, 4, 1]);
  expect(slidingWindowAttention(x, x, v, { window: 2 })).toMatchTensor(
    tf.tensor([3, 5, 6, 7], [1, 1, 4, 1]),
  );
  expect(slidingWindowAttention(x, x, v, { window: 2, causal: true })).toMatchTensor(
    tf.tensor([2, 3, 6.5, 7], [1, 1, 4, 1]),
  );
});

test("any length and window give attention under the mask, values and gradients", () => {
  for (const [T, window] of [
    [33, 2],
    [64, 32],
    [65, 33],
    [100, 70],
    [150, 90],
    [97, 200],
    [5, 1e9],
  ] as const) {
    for (const causal of [false, true]) {
      const x = [draw([1, 2, T, 3], 1), draw([1, 2, T, 3], 2), draw([1, 2, T, 3], 3)];
      const plain = (...[q, k, v]: tf.Tensor[]) =>
        scaledDotProductAttention(q!, k!, v!, { mask: slidingWindowMask(T, window, { causal }) })
          .output;
      const local = (...[q, k, v]: tf.Tensor[]) =>
        slidingWindowAttention(q!, k!, v!, { window, causal });
      expect(local(...x)).toMatchTensor(plain(...x), 1e-5);
      const expected = tf.grads((...x: tf.Tensor[]) =>
        plain(...x)
          .square()
          .sum(),
      )(x);
      tf.grads((...x: tf.Tensor[]) =>
        local(...x)
          .square()
          .sum(),
      )(x).forEach((g, i) => expect(g).toMatchTensor(expected[i]!, 1e-5));
    }
  }
});

test("what is outside of the window does not matter", () => {
  const x = draw([1, 1, 80, 4], 4);
  const far = tf.concat([x.slice([0, 0, 0, 0], [1, 1, 70, 4]), tf.fill([1, 1, 10, 4], 1e4)], 2);
  const head = (v: tf.Tensor) =>
    slidingWindowAttention(x, x, v, { window: 8 }).slice([0, 0, 0, 0], [1, 1, 63, 4]);
  expect(head(far)).toMatchTensor(head(x));
});

test("bad arguments", () => {
  const x = tf.ones([1, 1, 4, 2]);
  const longer = tf.ones([1, 1, 5, 2]);
  expect(() => slidingWindowAttention(x, x, x, { window: 0 })).toThrow(
    "slidingWindowAttention: expected window to be a whole number of at least 1, got 0",
  );
  expect(() => slidingWindowAttention(x, longer, longer, { window: 2 })).toThrow(
    "slidingWindowAttention: expected k and v with the 4 tokens of q, got 5",
  );
});

test("no tensors left behind", () => {
  const x = draw([1, 2, 70, 4], 5);
  expectNoLeak(slidingWindowAttention, x, x, x, { window: 5, causal: true });
});
