// needs: native
/** The operations that kernels/native adds to TensorFlow. */
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAsOnCpu, normal } from "../../kernels/src/testing";
import {
  PLAIN,
  testFlashAttention,
  testLayers,
  testLinear,
  testMatMul,
} from "../../kernels/src/fused/testing";
import { chooseDevice } from "./device";

beforeAll(() => chooseDevice("native"));
afterAll(() => chooseDevice("wasm"));

test("they were built and registered", () => {
  for (const name of ["FlashAttention", "Linear", "LinearGrad", ...Object.keys(PLAIN)]) {
    expect(tf.getKernel(name, "tensorflow"), name).toBeDefined();
  }
});
describe("layers", () => testLayers("tensorflow"));
describe("linear", () => testLinear("tensorflow"));
describe("matMul", () => testMatMul("tensorflow"));
test("a product that goes to TensorFlow, by its size or its dtype", () =>
  expectAsOnCpu(
    "tensorflow",
    (a, b) => [tf.matMul(a, b), tf.matMul(a.cast("int32"), b.cast("int32"))],
    [normal([600, 500], 1, 3), normal([500, 600], 2, 3)],
    { rtol: 1e-4, atol: 1e-3 },
  ));
describe("FlashAttention", () => testFlashAttention("tensorflow"));

test("shapes that do not fit are errors", async () => {
  await chooseDevice("native");
  const run =
    (name: string, inputs: Record<string, tf.Tensor>, attrs: Record<string, number | boolean>) =>
    () =>
      tf.engine().runKernel(name, inputs, attrs);
  const x = tf.ones([2, 3]);
  expect(run("LayerNorm", { x, gamma: tf.ones([2]), beta: tf.ones([3]) }, { eps: 1e-5 })).toThrow(
    "expected as many numbers as the last axis has",
  );
  expect(run("SoftmaxGrad", { y: x, dy: tf.ones([3, 2]) }, {})).toThrow(
    "expected two inputs of one shape",
  );
  expect(run("MaskedSoftmax", { x: tf.scalar(1) }, {})).toThrow("expected at least one axis");
  expect(run("FlashAttention", { q: x, k: x, v: x }, { causal: false })).toThrow(
    "expected q, k and v of rank 4",
  );
  expect(run("Linear", { x, w: tf.ones([2, 3]), b: tf.ones([3]) }, {})).toThrow(
    "expected a matrix w with a row for each feature of x",
  );
  expect(run("Linear", { x, w: tf.ones([3, 4]), b: tf.ones([3]) }, {})).toThrow(
    "expected as many numbers in b as w has columns",
  );
  expect(run("LinearGrad", { x, w: tf.ones([3, 4]), dy: tf.ones([2, 3]) }, {})).toThrow(
    "expected dy of the shape of the layer's output",
  );
  expect(run("GeluTanh", { x: tf.ones([2], "int32") }, {})).toThrow(/int32/);
});
