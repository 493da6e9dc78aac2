import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import type { KvCache } from "../attention/types";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { llamaForward } from "./llamaForward";
import { llamaStep } from "./llamaStep";
import { smallLlama } from "./smallLlama.testing";

checkReferences("llamaStep", llamaStep);

const { params, options } = smallLlama();
const empty = (): KvCache[] => [
  { k: null, v: null },
  { k: null, v: null },
];

test("a prompt, then token by token: the logits of the whole text", () => {
  const text = tf.tensor2d(
    [
      [1, 2, 3, 4, 5, 6],
      [6, 0, 2, 2, 1, 3],
    ],
    [2, 6],
    "int32",
  );
  const whole = llamaForward(text, params, options);
  let caches = empty();
  let at = 0;
  for (const length of [3, 1, 1, 1]) {
    const step = llamaStep(text.slice([0, at], [2, length]), caches, params, options);
    at += length;
    expect(step.logits).toMatchTensor(whole.slice([0, at - 1, 0], [2, 1, 7]).squeeze([1]), 1e-5);
    caches = step.caches;
  }
  expect(caches.map(({ k }) => k!.shape)).toEqual([
    [2, 2, 6, 2],
    [2, 2, 6, 2],
  ]);
});

test("no new token, too few caches", () => {
  expect(() => llamaStep(tf.zeros([1, 0], "int32"), empty(), params, options)).toThrow(
    "llamaStep: expected ids of at least one token, got [1, 0]",
  );
  expect(() => llamaStep(tf.zeros([1, 1], "int32"), [], params, options)).toThrow(
    "llamaStep: expected caches of 2 blocks, got 0",
  );
});

test("no tensors left behind", () => {
  expectNoLeak(llamaStep, tf.zeros([1, 2], "int32"), empty(), params, options);
});
