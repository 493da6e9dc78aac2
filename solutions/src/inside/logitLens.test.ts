import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { gptForward } from "../decoders/gptForward";
import { drawGpt, splitGpt } from "../decoders/gptWeights";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { logitLens } from "./logitLens";

checkReferences("logitLens", logitLens);

const size = { layers: 2, width: 8, heads: 2, vocabulary: 7, context: 6 };
const params = splitGpt(drawGpt(size, 3), size);
const ids = tf.tensor2d([[1, 2, 3, 4, 5]], [1, 5], "int32");

test("the last row is the model's answer, and earlier ones those of shorter models", () => {
  const lens = tf.unstack(logitLens(ids, params, size));
  [0, 1, 2].forEach((layers) => {
    const shorter = { ...params, blocks: params.blocks.slice(0, layers) };
    expect(lens[layers]!).toMatchTensor(gptForward(ids, shorter, size), 1e-5);
  });
});

test("what is no text of the model", () => {
  const seven = tf.tensor2d([[1, 7]], [1, 2], "int32");
  expect(() => logitLens(seven, params, size)).toThrow(
    "logitLens: expected ids from 0 to 6, got 7",
  );
});

test("no tensors left behind", () => expectNoLeak(logitLens, ids, params, size));
