import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { quantize } from "./quantize";
import { vqLosses } from "./vqLosses";

checkReferences("vqLosses", vqLosses);

test("by hand: differences 1 and 3", () => {
  const { codebook, commitment } = vqLosses(tf.tensor([1, 2]), tf.tensor([0, 5]));
  expect(codebook).toMatchTensor(tf.scalar(5));
  expect(commitment).toMatchTensor(tf.scalar(5));
});

test("gradient descent on the codebook loss moves a code to the mean of its vectors", () => {
  const z = tf.tensor([[1], [2], [10]]);
  let book: tf.Tensor = tf.tensor([[0], [7]]);
  const slope = tf.grad((e: tf.Tensor) => vqLosses(z, quantize(z, e).codes).codebook);
  for (let i = 0; i < 200; i++) book = book.sub(slope(book).mul(0.5));
  expect(book).toMatchTensor(tf.tensor([[1.5], [10]]), 1e-4);
});

test("bad shapes", () =>
  expect(() => vqLosses(tf.ones([2, 3]), tf.ones([2, 1]))).toThrow(
    "vqLosses: expected codes [2, 3], got [2, 1]",
  ));

test("no tensors left behind", () => expectNoLeak(vqLosses, tf.ones([2, 3]), tf.zeros([2, 3])));
