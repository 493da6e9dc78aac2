import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { shiftRight } from "./shiftRight";

checkReferences("shiftRight", shiftRight);

test("by hand: what is read, above what is asked for", () => {
  expect(shiftRight(tf.tensor2d([[5, 6, 7, 2]], undefined, "int32"), 1)).toMatchTensor(
    tf.tensor2d([[1, 5, 6, 7]], undefined, "int32"),
  );
});

test("all but the first column is the target without its last", () => {
  const target = tf.randomUniform([3, 6], 0, 40, "int32", 1);
  const shifted = shiftRight(target, 1);
  expect(shifted.slice([0, 1], [3, 5])).toMatchTensor(target.slice([0, 0], [3, 5]));
});

test("bad targets", () => {
  expect(() => shiftRight(tf.ones([2, 2]), 1)).toThrow(
    "shiftRight: expected target of dtype int32, got float32",
  );
  expect(() => shiftRight(tf.zeros([2], "int32"), 1)).toThrow(
    "shiftRight: expected target [B, T], got [2]",
  );
});

test("no tensors left behind", () => expectNoLeak(shiftRight, tf.zeros([2, 3], "int32"), 1));
