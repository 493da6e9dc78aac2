import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { registerWasmKernels } from "ops";

const gradient = (f: (x: tf.Tensor) => tf.Tensor, x: number[]) =>
  tf.tidy(() => [...tf.grad(f)(tf.tensor1d(x)).dataSync()]);

// a notebook has all op kernels, the grader only those that tfjs lacks
for (const missing of [false, true]) {
  const where = missing ? "graded" : "in a notebook";

  beforeAll(() => tf.setBackend("wasm"));
  afterAll(() => registerWasmKernels()());

  test(`${where}, a comparison is a constant to gradients, as in PyTorch`, () => {
    registerWasmKernels()();
    registerWasmKernels({ missing });
    const x = [-2, 0, 1, 3];
    const functions: [(x: tf.Tensor) => tf.Tensor, number[]][] = [
      [(x) => tf.where(x.greater(0), x.square(), x.mul(3)), [3, 3, 2, 6]],
      [(x) => x.mul(x.equal(0).logicalNot().cast("float32")), [1, 0, 1, 1]],
      [(x) => x.mul(x.less(2).logicalAnd(x.notEqual(1)).cast("float32")), [1, 1, 0, 0]],
      [(x) => x.mul(x.lessEqual(5).all().cast("float32")), [1, 1, 1, 1]],
      // what is compared has no part in it, not even where it is no number
      [(x) => tf.where(x.log().greater(0), x, x.mul(2)), [2, 2, 2, 1]],
    ];
    for (const [f, expected] of functions) expect(gradient(f, x)).toEqual(expected);
    // nothing but a comparison leads to x
    expect(() => gradient((x) => x.equal(0).cast("float32"), x)).toThrow("from x to y");
  });

  test(`${where}, an operation without a gradient is named, with the way out`, () => {
    expect(() => gradient((x) => tf.topk(x, 1).values, [1, 2])).toThrow(
      "tfjs has no gradient for TopK, so none can go through it: compute that step with",
    );
  });
}

test("einsum has no gradient, and says so", () => {
  expect(() => gradient((x) => tf.einsum("i,i->i", x, x), [1, 2])).toThrow("gradient for Einsum");
});
