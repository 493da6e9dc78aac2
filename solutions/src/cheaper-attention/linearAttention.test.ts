import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { causalMask } from "../attention/causalMask";
import { eluPlusOne } from "./eluPlusOne";
import { linearAttention } from "./linearAttention";

checkReferences("linearAttention", linearAttention);

const draw = (shape: number[], seed: number) =>
  tf.randomNormal(shape, 0, 1, "float32", seed) as tf.Tensor;

test("by hand: features 1 and 3, weights ¼ and ¾; the first token sees itself alone", () => {
  const q = tf.zeros([1, 1, 2, 1]);
  const k = tf.tensor([0, 2], [1, 1, 2, 1]);
  const v = tf.tensor([4, 8], [1, 1, 2, 1]);
  expect(linearAttention(q, k, v, { eps: 0 })).toMatchTensor(tf.tensor([7, 7], [1, 1, 2, 1]));
  expect(linearAttention(q, k, v, { eps: 0, causal: true })).toMatchTensor(
    tf.tensor([4, 7], [1, 1, 2, 1]),
  );
});

test("equals the product with the whole matrix of weights, values and gradients", () => {
  const T = 130;
  const x = [1, 2, 3].map((seed) => draw([1, 2, T, 3], seed));
  for (const causal of [false, true]) {
    const plain = (...[q, k, v]: tf.Tensor[]) => {
      const all = eluPlusOne(q!).matMul(eluPlusOne(k!), false, true);
      const weights = causal ? all.mul(causalMask(T)) : all;
      return weights.div(weights.sum(-1, true).add(1e-6)).matMul(v!);
    };
    const linear = (...[q, k, v]: tf.Tensor[]) => linearAttention(q!, k!, v!, { causal });
    expect(linear(...x)).toMatchTensor(plain(...x), 1e-5);
    const expected = tf.grads((...x: tf.Tensor[]) =>
      plain(...x)
        .square()
        .sum(),
    )(x);
    tf.grads((...x: tf.Tensor[]) =>
      linear(...x)
        .square()
        .sum(),
    )(x).forEach((g, i) => expect(g).toMatchTensor(expected[i]!, 1e-5));
  }
});

test("bad arguments", () => {
  const x = tf.ones([1, 1, 3, 2]);
  const shorter = tf.ones([1, 1, 2, 2]);
  expect(() => linearAttention(x, shorter, shorter, { causal: true })).toThrow(
    "linearAttention: expected q with at most the 2 tokens of k when causal, got [1, 1, 3, 2]",
  );
  expect(() => linearAttention(x, x, x, { eps: -1 })).toThrow(
    "linearAttention: expected eps to be a number of at least 0, got -1",
  );
});

test("no tensors left behind", () => {
  const x = draw([1, 2, 70, 4], 4);
  expectNoLeak(linearAttention, x, x, x, { causal: true });
  expectNoLeak(linearAttention, x, x, x);
});
