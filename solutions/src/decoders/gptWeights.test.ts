import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import "../shared/shared.testing";
import { drawGpt, splitGpt } from "./gptWeights";

const size = { layers: 2, width: 16, heads: 4, vocabulary: 10, context: 5 };

test("as many weights as a GPT has", () => {
  const C = 16;
  const block = 4 * C + 4 * (C * C + C) + 2 * 4 * C * C + 4 * C + C;
  expect(drawGpt(size, 1).shape).toEqual([10 * C + 5 * C + 2 * block + 2 * C]);
});

test(
  "drawn from the seed: matrices of deviation 1/√C, what adds to the stream by √(2·layers) " +
    "smaller, gammas one, the rest zero",
  () => {
    const {
      tokens,
      blocks: [first],
      norm,
    } = splitGpt(drawGpt(size, 1), size);
    const deviation = (x: tf.Tensor) => tf.moments(x).variance.sqrt().dataSync()[0]!;
    expect(deviation(tokens)).toBeCloseTo(0.25, 1);
    expect(deviation(first!.mlp.w1)).toBeCloseTo(0.25, 1);
    expect(deviation(first!.mlp.w2)).toBeCloseTo(0.125, 1);
    expect(norm.gamma).toMatchTensor(tf.ones([16]));
    expect(first!.attention.bq!).toMatchTensor(tf.zeros([16]));
    expect(drawGpt(size, 1)).toMatchTensor(drawGpt(size, 1));
    expect(drawGpt(size, 1)).not.toMatchTensor(drawGpt(size, 2), 1e-3);
  },
);

test("each weight once, and the gradient flows into the long tensor", () => {
  const long = tf.range(0, drawGpt(size, 1).size);
  const { tokens, positions } = splitGpt(long, size);
  expect(tokens.flatten()).toMatchTensor(tf.range(0, 160));
  expect(positions.flatten()).toMatchTensor(tf.range(160, 240));
  const gradient = tf.grad((w: tf.Tensor) => splitGpt(w, size).norm.beta.sum())(long);
  expect(gradient.sum()).toMatchTensor(tf.scalar(16));
});

test("another number of weights", () => {
  expect(() => splitGpt(tf.zeros([5]), size)).toThrow(
    /^splitGpt: expected weights \[\d+\], got \[5\]$/,
  );
});
