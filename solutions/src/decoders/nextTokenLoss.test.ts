import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { drawGpt, splitGpt } from "./gptWeights";
import { nextTokenLoss } from "./nextTokenLoss";

checkReferences("nextTokenLoss", nextTokenLoss);

const size = { layers: 1, width: 8, heads: 2, vocabulary: 7, context: 5 };
const params = splitGpt(drawGpt(size, 3), size);

test("by hand: equal scores cost log V", () => {
  const blank = { ...params, tokens: tf.zeros([7, 8]) };
  expect(nextTokenLoss(tf.tensor2d([[1, 2, 3]], [1, 3], "int32"), blank, size)).toMatchTensor(
    tf.scalar(Math.log(7)),
    1e-5,
  );
});

test("the last token is a target only, the first an input only", () => {
  const loss = (row: number[]) =>
    nextTokenLoss(tf.tensor2d([row], [1, row.length], "int32"), params, size);
  expect(loss([1, 2, 3, 4])).not.toMatchTensor(loss([1, 2, 3, 5]), 1e-3);
  expect(loss([1, 2, 3, 4])).not.toMatchTensor(loss([6, 2, 3, 4]), 1e-3);
});

test("texts of one token", () => {
  expect(() => nextTokenLoss(tf.zeros([2, 1], "int32"), params, size)).toThrow(
    "nextTokenLoss: expected texts of at least two tokens, got [2, 1]",
  );
});

test("no tensors left behind", () => {
  expectNoLeak(nextTokenLoss, tf.zeros([2, 4], "int32"), params, size);
});
