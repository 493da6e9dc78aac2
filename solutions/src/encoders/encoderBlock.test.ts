import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { encoderBlock } from "./encoderBlock";

checkReferences("encoderBlock", encoderBlock);

const draw = (shape: number[], seed: number) =>
  tf.randomNormal(shape, 0, 0.5, "float32", seed) as tf.Tensor;
const norm = (C: number) => ({ gamma: tf.ones([C]), beta: tf.zeros([C]) });
const params = (C = 4, F = 6) => ({
  norm1: norm(C),
  attention: { wq: draw([C, C], 1), wk: draw([C, C], 2), wv: draw([C, C], 3), wo: draw([C, C], 4) },
  norm2: norm(C),
  mlp: { w1: draw([C, F], 5), w2: draw([F, C], 6) },
});

test("by hand: if layers add nothing, pre-norm gives x and post-norm two norms of it", () => {
  const x = tf.tensor([1, 3], [1, 1, 2]);
  const p = params(2);
  const silent = {
    ...p,
    attention: { ...p.attention, wo: tf.zeros([2, 2]) },
    mlp: { w1: draw([2, 6], 7), w2: tf.zeros([6, 2]) },
  };
  expect(encoderBlock(x, silent, { heads: 1 })).toMatchTensor(x);
  expect(encoderBlock(x, silent, { heads: 1, norm: "post" })).toMatchTensor(
    tf.tensor([-1, 1], [1, 1, 2]),
    1e-4,
  );
});

test(
  "post-norm gives tokens of mean 0 and variance 1, whatever came in; " +
    "pre-norm passes a large x on",
  () => {
    const x = draw([2, 5, 4], 8).mul(100);
    const p = params();
    const post = encoderBlock(x, p, { heads: 2, norm: "post" });
    expect(post.mean(-1)).toMatchTensor(tf.zeros([2, 5]), 1e-5);
    expect(post.square().mean(-1)).toMatchTensor(tf.ones([2, 5]), 1e-3);
    expect(encoderBlock(x, p, { heads: 2 }).abs().max().dataSync()[0]).toBeGreaterThan(50);
  },
);

test("the activation is an option: with the identity, the feed-forward network is linear", () => {
  const x = draw([1, 3, 4], 9);
  const p = params();
  const only = { ...p, attention: { ...p.attention, wo: tf.zeros([4, 4]) } };
  const normed = x
    .sub(x.mean(-1, true))
    .div(x.sub(x.mean(-1, true)).square().mean(-1, true).add(1e-5).sqrt());
  const product = normed
    .reshape([3, 4])
    .matMul(p.mlp.w1 as tf.Tensor2D)
    .matMul(p.mlp.w2 as tf.Tensor2D)
    .reshape([1, 3, 4]);
  expect(encoderBlock(x, only, { heads: 2, activation: (y) => y })).toMatchTensor(
    x.add(product),
    1e-5,
  );
});

test("bad options and weights", () => {
  const x = draw([1, 2, 4], 10);
  // @ts-expect-error -- what a student may write
  expect(() => encoderBlock(x, params(), { heads: 2, norm: "both" })).toThrow(
    'encoderBlock: expected norm to be "pre" or "post", got "both"',
  );
  expect(() => encoderBlock(x, { ...params(), norm1: norm(3) }, { heads: 2 })).toThrow(
    "encoderBlock: expected norm1.gamma [4], got [3]",
  );
});

test("no tensors left behind", () => {
  for (const kind of ["pre", "post"] as const) {
    expectNoLeak(encoderBlock, draw([1, 3, 4], 11), params(), {
      heads: 2,
      norm: kind,
      mask: tf.ones([3, 3]),
      rope: {},
    });
  }
});
