import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import fc from "fast-check";
import { registerWasmKernels } from "kernels";
import { expectAsOnCpu, normal } from "../testing";

beforeAll(() => { registerWasmKernels(); });

const TOLERANCE = { rtol: 1e-5, atol: 1e-4 };
const flip = (shape: number[], by: boolean) => (by ? shape.toSpliced(-2, 2, shape.at(-1)!, shape.at(-2)!) : shape);
const length = fc.integer({ min: 0, max: 20 });

describe("matMul", () => {
  test("any lengths, transpositions and batches", () => fc.assert(fc.asyncProperty(
    length, length, length, fc.boolean(), fc.boolean(), fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }), fc.constantFrom("both", "a", "b"),
    async (m, k, n, tA, tB, batch, who) => {
      const ones = batch.map(() => 1), a = flip([...(who === "b" ? ones : batch), m, k], tA), b = flip([...(who === "a" ? ones : batch), k, n], tB);
      await expectAsOnCpu("wasm", (a, b) => tf.matMul(a, b, tA, tB), [normal(a, 1), normal(b, 2)], TOLERANCE);
    }), { numRuns: 150 }));
  test.each([[false, false], [false, true], [true, false], [true, true]])("longer than the blocks of the inner loop, transposed %s and %s", (tA, tB) =>
    expectAsOnCpu("wasm", (a, b) => tf.matMul(a, b, tA, tB), [normal(flip([13, 300], tA), 1), normal(flip([300, 523], tB), 2)], { rtol: 1e-4, atol: 1e-4 }));
  test("batches that broadcast in both", async () => {
    await tf.setBackend("wasm");
    const a = tf.randomNormal([2, 1, 3, 4]), b = tf.randomNormal([5, 4, 6]), product = tf.matMul(a, b);
    expect(product.shape).toEqual([2, 5, 3, 6]);
    const one = tf.matMul(a.slice([1], [1]).reshape([3, 4]), b.slice([3], [1]).reshape([4, 6]));
    expect(product.slice([1, 3], [1, 1]).sub(one.reshape([1, 1, 3, 6])).abs().max().dataSync()[0]).toBeLessThan(1e-5);
    tf.dispose([a, b, product, one]);
  });
  test("NaN and Infinity stay in their row and column", () => expectAsOnCpu("wasm", (a, b) => tf.matMul(a, b), [{ shape: [3, 2], values: [NaN, 1, Infinity, 2, 3, 4] }, normal([2, 9], 3)]));
  test("nothing to add gives zeros", () => expectAsOnCpu("wasm", (a, b) => tf.matMul(a, b), [{ shape: [3, 0], values: [] }, { shape: [0, 2], values: [] }]));
  test("its gradients", () => expectAsOnCpu("wasm", (a, b) => tf.grads((a, b) => tf.matMul(a, b, false, true).square())([a, b]), [normal([2, 7, 5], 1), normal([2, 9, 5], 2)], TOLERANCE));
});

describe("fused.matMul", () => {
  test.each(["linear", "relu", "relu6", "elu", "sigmoid", "leakyrelu", "prelu"] as const)("with bias and %s", (activation) =>
    expectAsOnCpu("wasm", (a, b, bias, alpha) => tf.fused.matMul({
      a: a as tf.Tensor2D, b: b as tf.Tensor2D, bias, activation, transposeB: true, leakyreluAlpha: 0.3, ...(activation === "prelu" ? { preluActivationWeights: alpha } : {}),
    }), [normal([7, 5], 1), normal([9, 5], 2), normal([9], 3), normal([9], 4)]));
  test("without bias", () => expectAsOnCpu("wasm", (a, b) => tf.fused.matMul({ a: a as tf.Tensor2D, b: b as tf.Tensor2D }), [normal([7, 5], 1), normal([5, 9], 2)]));
});
