import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { causalMask } from "../attention/causalMask";
import { flashAttention } from "./flashAttention";
import { scaledDotProductAttention } from "../attention/scaledDotProductAttention";

checkReferences("flashAttention", flashAttention);

const draw = (shape: number[], seed: number) =>
  tf.randomNormal(shape, 0, 1, "float32", seed) as tf.Tensor;

test("by hand: two keys, scores 0 and ln 3, weights ¼ and ¾, and the logarithm of 1 + 3", () => {
  const q = tf.tensor([Math.log(3)], [1, 1, 1, 1]);
  const k = tf.tensor([0, 1], [1, 1, 2, 1]);
  const v = tf.tensor([4, 8], [1, 1, 2, 1]);
  const { output, logSumExp } = flashAttention(q, k, v, { blockK: 1 });
  expect(output).toMatchTensor(tf.tensor([7], [1, 1, 1, 1]));
  expect(logSumExp).toMatchTensor(tf.tensor([Math.log(4)], [1, 1, 1]));
});

test("any tiles give plain attention, values and gradients", () => {
  const x = [draw([2, 2, 5, 3], 1), draw([2, 2, 11, 3], 2), draw([2, 2, 11, 3], 3)] as [
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
  ];
  const square =
    (f: (...x: tf.Tensor[]) => tf.Tensor) =>
    (...x: tf.Tensor[]) =>
      f(...x)
        .square()
        .sum();
  for (const causal of [false, true]) {
    const plain = (q: tf.Tensor, k: tf.Tensor, v: tf.Tensor) =>
      scaledDotProductAttention(q, k, v, { mask: causal ? causalMask(5, 11) : undefined }).output;
    const expected = tf.grads(square(plain as (...x: tf.Tensor[]) => tf.Tensor))(x);
    for (const [blockQ, blockK] of [
      [1, 1],
      [2, 3],
      [5, 11],
      [4, 64],
    ] as const) {
      const flash = (...[q, k, v]: tf.Tensor[]) =>
        flashAttention(q!, k!, v!, { causal, blockQ, blockK }).output;
      expect(flash(...x)).toMatchTensor(plain(...x), 1e-5);
      tf.grads(square(flash))(x).forEach((g, i) => expect(g).toMatchTensor(expected[i]!, 1e-5));
    }
  }
});

test("the gradient of logSumExp by q is the mean key under the weights", () => {
  const q = draw([1, 1, 4, 3], 4);
  const k = draw([1, 1, 7, 3], 5);
  const g = tf.grad((q: tf.Tensor) =>
    flashAttention(q, k, k, { blockQ: 3, blockK: 2, scale: 1 }).logSumExp.sum(),
  )(q);
  expect(g).toMatchTensor(flashAttention(q, k, k, { scale: 1 }).output, 1e-5);
});

test("queries that see nothing have gradient zero", () => {
  const q = draw([1, 1, 5, 2], 6);
  const k = draw([1, 1, 2, 2], 7);
  const [dq, dk] = tf.grads((q: tf.Tensor, k: tf.Tensor) =>
    flashAttention(q, k, k, { causal: true, blockQ: 2 }).output.sum(),
  )([q, k]);
  expect(dq!.slice([0, 0, 0, 0], [1, 1, 3, 2])).toMatchTensor(tf.zeros([1, 1, 3, 2]));
  expect(Array.from(dk!.dataSync()).every(Number.isFinite)).toBe(true);
  for (const [T, S] of [
    [0, 3],
    [3, 0],
  ] as const) {
    const empty = tf.grads((q: tf.Tensor, k: tf.Tensor, v: tf.Tensor) =>
      flashAttention(q, k, v).output.sum(),
    )([tf.ones([1, 1, T, 2]), tf.ones([1, 1, S, 2]), tf.ones([1, 1, S, 2])]);
    expect(empty[0]).toMatchTensor(tf.zeros([1, 1, T, 2]));
    expect(empty[2]).toMatchTensor(tf.zeros([1, 1, S, 2]));
  }
});

test("the largest tensor grows with T, never with T²", () => {
  const largest = (T: number) => {
    const x = draw([1, 1, T, 4], 8);
    const run = () =>
      tf.grads((q: tf.Tensor, k: tf.Tensor, v: tf.Tensor) =>
        flashAttention(q, k, v, { blockQ: 16, blockK: 16 }).output.sum(),
      )([x, x, x]);
    let most = 0;
    const engine = tf.engine();
    const make = engine.makeTensorFromTensorInfo.bind(engine);
    engine.makeTensorFromTensorInfo = (info, backend) => {
      most = Math.max(
        most,
        info.shape.reduce((a, b) => a * b, 1),
      );
      return make(info, backend);
    };
    try {
      tf.tidy(() => {
        run();
      });
    } finally {
      engine.makeTensorFromTensorInfo = make;
    }
    return most;
  };
  expect(largest(320)).toBe(320 * 5); // the output and its logSumExp
});

test("bad options", () => {
  const x = tf.ones([1, 1, 3, 2]);
  expect(() => flashAttention(x, x, x, { blockQ: 0 })).toThrow(
    "flashAttention: expected blockQ to be a whole number of at least 1, got 0",
  );
  expect(() => flashAttention(x, x, tf.ones([1, 1, 2, 2]))).toThrow(
    "flashAttention: expected v [1, 1, 3, 2], got [1, 1, 2, 2]",
  );
});

test("no tensors left behind", () => {
  const x = draw([1, 2, 5, 4], 9);
  expectNoLeak(flashAttention, x, x, x, { causal: true, blockQ: 2, blockK: 2 });
  expectNoLeak(
    (x: tf.Tensor) =>
      tf.grad((x: tf.Tensor) =>
        flashAttention(x, x, x, { causal: true, blockQ: 2, blockK: 2 }).output.sum(),
      )(x),
    x,
  );
});
