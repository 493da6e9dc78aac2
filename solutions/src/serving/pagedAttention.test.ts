import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { drawGpt, splitGpt } from "../decoders/gptWeights";
import { gptForward } from "../decoders/gptForward";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { cutCaches, gptPagedStep, gptStep } from "./gptStep";
import { pagedAttention } from "./pagedAttention";

checkReferences("pagedAttention", pagedAttention);

const size = { layers: 2, width: 8, heads: 2, vocabulary: 7, context: 12 };
const gpt = splitGpt(drawGpt(size, 5), size);
const start = Array.from({ length: 2 }, () => ({ k: null, v: null }));
const row = (ids: number[]) => tf.tensor2d([ids], undefined, "int32");

test("gptStep with caches gives what gptForward gives for the whole text", () => {
  const whole = gptForward(row([1, 2, 3, 4, 5, 6]), gpt, size);
  const first = gptStep(row([1, 2, 3, 6, 6]), start, gpt, size);
  const second = gptStep(row([4, 5, 6]), cutCaches(first.caches, 3), gpt, size);
  expect(second.logits).toMatchTensor(whole.slice([0, 3, 0], [-1, -1, -1]), 1e-5);
});

test("gptPagedStep reads two texts of different lengths in one batch, a token or a piece at a time", () => {
  const texts = [
    [1, 2, 3, 4, 5],
    [6, 5, 4],
  ];
  const tables = [
    [4, 0, 2],
    [3, 1],
  ];
  let pages = gpt.blocks.map(() => ({
    k: tf.fill([5, 2, 2, 4], NaN),
    v: tf.fill([5, 2, 2, 4], NaN),
  }));
  const options = { heads: 2, attend: pagedAttention };
  // each row is a token, its text and its place; the last pass mixes both texts
  const passes: [b: number, t: number][][] = [
    [
      [0, 0],
      [0, 1],
    ],
    [
      [0, 2],
      [1, 0],
    ],
    [
      [0, 3],
      [0, 4],
      [1, 1],
      [1, 2],
    ],
  ];
  let logits = tf.zeros([1]);
  for (const pass of passes) {
    const step = gptPagedStep(
      pass.map(([b, t]) => texts[b]![t]!),
      pages,
      pass.map(([b]) => tables[b]!),
      pass.map(([, t]) => t),
      gpt,
      options,
    );
    ({ logits, pages } = step);
  }
  const lastOf = (b: number) =>
    gptForward(row(texts[b]!), gpt, size).slice([0, texts[b]!.length - 1, 0], [1, 1, -1]);
  expect(logits.slice([1, 0], [1, -1])).toMatchTensor(lastOf(0).reshape([1, 7]), 1e-5);
  expect(logits.slice([3, 0], [1, -1])).toMatchTensor(lastOf(1).reshape([1, 7]), 1e-5);
});

test("what doesn't fit", () => {
  const pages = { k: tf.zeros([2, 2, 1, 3]), v: tf.zeros([2, 2, 1, 3]) };
  expect(() => pagedAttention(tf.zeros([1, 1, 3]), pages, [[0]], [3])).toThrow(
    "pagedAttention: expected tables[0] to be pages from 0 to 1 for 3 tokens, got [0]",
  );
});

test("no tensors left behind", () => {
  const pages = { k: tf.ones([2, 2, 1, 3]), v: tf.ones([2, 2, 1, 3]) };
  expectNoLeak(pagedAttention, tf.ones([1, 2, 3]), pages, [[1, 0]], [3]);
});
