import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { quantize } from "./quantize";

checkReferences("quantize", quantize);

test("by hand: 0.4 is nearest to 0, 0.6 to 1, and 0.5 takes the lower id", () => {
  const { ids, codes } = quantize(tf.tensor([[0.4], [0.6], [0.5]]), tf.tensor([[1], [0]]));
  expect(ids).toMatchTensor(tf.tensor([1, 0, 0], [3], "int32"));
  expect(codes).toMatchTensor(tf.tensor([[0], [1], [1]]), 0);
});

test("codes are rows of the codebook, bit for bit; quantizing them again changes nothing", () => {
  const z = tf.randomNormal([5, 7, 4], 0, 1, "float32", 1);
  const codebook = tf.randomNormal([16, 4], 0, 1, "float32", 2);
  const once = quantize(z, codebook);
  const twice = quantize(once.codes, codebook);
  expect(once.codes).toMatchTensor(tf.gather(codebook, once.ids), 0);
  expect(twice).toMatchObject({ ids: { dtype: "int32", shape: [5, 7] } });
  expect(twice.ids).toMatchTensor(once.ids);
});

test("bad input", () => {
  expect(() => quantize(tf.ones([2, 3]), tf.ones([4, 2]))).toThrow(
    "quantize: expected codebook [K, 3], got [4, 2]",
  );
  expect(() => quantize(tf.ones([2, 3]), tf.ones([0, 3]))).toThrow(
    "quantize: expected codebook with at least one code, got [0, 3]",
  );
});

test("no tensors left behind", () => {
  expectNoLeak(quantize, tf.ones([2, 3, 4]), tf.ones([5, 4]));
  expectNoLeak(quantize, tf.ones([0, 4]), tf.ones([5, 4]));
});
