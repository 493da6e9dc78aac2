import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { residual } from "./residual";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";

const LAYERS = { tanh: tf.tanh, sin: tf.sin };
checkReferences("residual", (x: tf.Tensor, layer: keyof typeof LAYERS) =>
  residual(x, LAYERS[layer]),
);

test("by hand: a layer that triples makes four of one", () => {
  expect(residual(tf.tensor([1, -2]), (x) => x.mul(3))).toMatchTensor(tf.tensor([4, -8]));
});

test("a layer of zeros leaves the input and its gradient as they are", () => {
  const x = tf.tensor([1, -2]);
  expect(residual(x, (t) => t.mul(0))).toMatchTensor(x, 0);
  expect(tf.grad((t) => residual(t, (u) => u.mul(0)))(x)).toMatchTensor(tf.ones([2]), 0);
});

test("a layer that changes the shape", () => {
  expect(() => residual(tf.ones([2, 3]), (x) => x.sum(-1, true))).toThrow(
    "residual: expected f(x) to keep the shape [2, 3], got [2, 1]",
  );
});

test("no tensors left behind", () =>
  expectNoLeak(residual, tf.ones([2, 3]), (x: tf.Tensor) => x.square().add(1)));
