import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { paddingMask } from "./paddingMask";

checkReferences("paddingMask", paddingMask);

test("by hand: one token of two, and none", () => {
  expect(paddingMask(tf.tensor([1, 0], [2], "int32"), 2)).toMatchTensor(
    tf.tensor([1, 0, 0, 0], [2, 1, 1, 2]),
  );
});

test("each row sums to its length", () => {
  expect(paddingMask(tf.tensor([4, 0, 7], [3], "int32"), 7).sum([1, 2, 3])).toMatchTensor(
    tf.tensor([4, 0, 7]),
  );
});

test("a length outside 0 … S", () => {
  expect(() => paddingMask(tf.tensor([1, 3], [2], "int32"), 2)).toThrow(
    "paddingMask: expected lengths to be whole numbers between 0 and 2, got 3",
  );
  expect(() => paddingMask(tf.tensor([0.5]), 2)).toThrow("got 0.5");
});

test("no tensors left behind", () => expectNoLeak(paddingMask, tf.tensor([1, 2], [2], "int32"), 3));
