import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { gelu } from "./gelu";
import { geluTanh } from "./geluTanh";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";

checkReferences("geluTanh", geluTanh);

test("by hand: at 1, √(2/π)·1.044715 = 0.833562, whose tanh is 0.682384", () => {
  expect(geluTanh(tf.scalar(1))).toMatchTensor(tf.scalar(0.841192));
});

test("never more than 0.0005 from the exact form, and not equal to it", () => {
  const x = tf.linspace(-6, 6, 121);
  const difference = geluTanh(x).sub(gelu(x)).abs().max().dataSync()[0]!;
  expect(difference).toBeLessThan(5e-4);
  expect(difference).toBeGreaterThan(4e-4);
});

test("numbers whose cube overflows have a finite gradient", () => {
  expect(tf.grad(geluTanh)(tf.tensor([1e30, -1e30]))).toMatchTensor(tf.tensor([1, 0]));
});

test("bad arguments", () =>
  expect(() => geluTanh(tf.ones([2], "int32"))).toThrow(
    "geluTanh: expected x of dtype float32, got int32",
  ));

test("no tensors left behind", () => expectNoLeak(geluTanh, tf.ones([2, 3])));
