import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { softmax } from "../orientation/softmax";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { onlineSoftmax } from "./onlineSoftmax";

checkReferences("onlineSoftmax", onlineSoftmax);

test("by hand: scores 0, ln 3 and 0, one at a time", () => {
  expect(onlineSoftmax(tf.tensor([0, Math.log(3), 0]), 1)).toMatchTensor(
    tf.tensor([0.2, 0.6, 0.2]),
  );
});

test("every block gives the plain softmax", () => {
  const x = tf.randomNormal([3, 10], 0, 5, "float32", 1);
  for (let block = 1; block <= 11; block++) {
    expect(onlineSoftmax(x, block)).toMatchTensor(softmax(x));
  }
});

test("bad blocks", () => {
  expect(() => onlineSoftmax(tf.ones([3]), 0)).toThrow(
    "onlineSoftmax: expected block to be a whole number of at least 1, got 0",
  );
});

test("no tensors left behind", () => expectNoLeak(onlineSoftmax, tf.ones([2, 5]), 2));
