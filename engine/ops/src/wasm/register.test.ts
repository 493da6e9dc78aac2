import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { registerWasmKernels } from "ops";

test("kernels are there once registered, and gone again", async () => {
  await tf.setBackend("wasm");
  const x = tf.tensor2d([
    [1, 2],
    [3, 4],
    [5, 6],
  ]);
  const ids = tf.tensor1d([1, 0, 1], "int32");
  registerWasmKernels()(); // whoever registered them before
  expect(() => tf.unsortedSegmentSum(x, ids, 2)).toThrow("UnsortedSegmentSum");
  const restore = registerWasmKernels();
  registerWasmKernels();
  expect(tf.unsortedSegmentSum(x, ids, 2).arraySync()).toEqual([
    [3, 4],
    [6, 8],
  ]);
  restore();
  expect(() => tf.unsortedSegmentSum(x, ids, 2)).toThrow("UnsortedSegmentSum");
  tf.dispose([x, ids]);
});
