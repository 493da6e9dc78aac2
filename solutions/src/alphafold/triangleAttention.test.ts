import * as tf from "@tensorflow/tfjs-core";
import { random } from "grader";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { drawAttentionParams, tensorsOf } from "./pairCases";
import { triangleAttention } from "./triangleAttention";
import type { GatedAttentionParams } from "./pairTypes";

checkReferences("triangleAttention", triangleAttention);

const draw = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, "float32", seed);
const params = tensorsOf<GatedAttentionParams>(
  drawAttentionParams(random(1), 4, { heads: 2, pair: 4 }),
);

test("by hand: with equal scores and open gates each edge becomes the mean of its row", () => {
  const zero = tf.zeros([2, 2]);
  const I = tf.eye(2);
  const norm = { gamma: tf.ones([2]), beta: tf.zeros([2]) };
  const plain = {
    norm,
    wq: zero,
    wk: zero,
    wv: I,
    wBias: tf.zeros([2, 1]),
    wGate: zero,
    bGate: tf.fill([2], 20),
    wo: I,
  };
  // each pair is (−1, 1) or (1, −1), which the norm leaves
  const z = tf.tensor([-1, 1, 1, -1, -1, 1, -1, 1], [1, 2, 2, 2]);
  expect(triangleAttention(z, plain, { heads: 1, node: "starting" })).toMatchTensor(
    tf.tensor([0, 0, 0, 0, -1, 1, -1, 1], [1, 2, 2, 2]),
    1e-4,
  );
});

test("the ending node is the starting node of the turned pairs", () => {
  const z = draw([1, 4, 4, 4], 2);
  const turned = (x: tf.Tensor) => x.transpose([0, 2, 1, 3]);
  expect(
    turned(triangleAttention(turned(z), params, { heads: 2, node: "starting" })),
  ).toMatchTensor(triangleAttention(z, params, { heads: 2, node: "ending" }), 1e-5);
});

test("bad input", () => {
  expect(() =>
    triangleAttention(
      draw([1, 3, 3, 4], 1),
      { ...params, wBias: undefined },
      { heads: 2, node: "starting" },
    ),
  ).toThrow("triangleAttention: expected wBias [4, 2], got none");
  expect(() =>
    triangleAttention(draw([1, 3, 3, 4], 1), params, { heads: 5, node: "starting" }),
  ).toThrow("expected heads to divide the width 6 of wq, got 5");
});

test("no tensors left behind", () =>
  expectNoLeak(triangleAttention, draw([2, 3, 3, 4], 1), params, {
    heads: 2,
    node: "ending",
    mask: tf.ones([2, 3, 3]),
  }));
