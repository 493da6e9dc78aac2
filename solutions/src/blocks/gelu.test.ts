import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { gelu } from "./gelu";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";

checkReferences("gelu", gelu);

test("by hand: Φ(1) = 0.841345, so 1 becomes 0.841345 and −1 becomes −0.158655", () => {
  expect(gelu(tf.tensor([1, -1, 0]))).toMatchTensor(tf.tensor([0.841345, -0.158655, 0]));
});

test("gelu(x) − gelu(−x) = x", () => {
  const x = tf.randomNormal([50], 0, 2, "float32", 1);
  expect(gelu(x).sub(gelu(x.neg()))).toMatchTensor(x);
});

test("bad arguments", () =>
  expect(() => gelu(tf.ones([2], "int32"))).toThrow(
    "gelu: expected x of dtype float32, got int32",
  ));

test("no tensors left behind", () => expectNoLeak(gelu, tf.ones([2, 3])));
