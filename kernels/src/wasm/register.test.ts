import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { registerWasmKernels } from "kernels";

test("kernels are there once registered, and gone again", () => {
  const x = tf.tensor2d([[1, 2], [3, 4], [5, 6]]), ids = tf.tensor1d([1, 0, 1], "int32");
  expect(() => tf.unsortedSegmentSum(x, ids, 2)).toThrow("UnsortedSegmentSum");
  const restore = registerWasmKernels();
  expect(tf.unsortedSegmentSum(x, ids, 2).arraySync()).toEqual([[3, 4], [6, 8]]);
  restore();
  expect(() => tf.unsortedSegmentSum(x, ids, 2)).toThrow("UnsortedSegmentSum");
});
