import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import fc from "fast-check";
import { registerWasmKernels } from "ops";
import { expectAsOnCpu, normal, SPECIAL } from "../ops.testing";

beforeAll(() => {
  registerWasmKernels();
});

const REDUCTIONS: Record<string, (x: tf.Tensor, axes: number[], keepDims: boolean) => tf.Tensor> = {
  sum: tf.sum,
  mean: tf.mean,
  max: tf.max,
  min: tf.min,
};
const shapeAndAxes = fc
  .array(fc.integer({ min: 1, max: 7 }), { minLength: 0, maxLength: 5 })
  .chain((shape) =>
    fc.record({
      shape: fc.constant(shape),
      axes: fc.subarray(shape.map((_, axis) => axis)),
      keepDims: fc.boolean(),
    }),
  );

/**
 * Plain CPU adds up to 16,807 numbers one by one, and what is left of a sum that cancels has its
 * rounding errors.
 */
const SUMS = { rtol: 1e-5, atol: 1e-4 };

describe.each(Object.entries(REDUCTIONS))("%s", (_, f) => {
  test("any axes", () =>
    fc.assert(
      fc.asyncProperty(shapeAndAxes, async ({ shape, axes, keepDims }) =>
        expectAsOnCpu("wasm", (x) => f(x, axes, keepDims), [normal(shape)], SUMS),
      ),
      { numRuns: 120 },
    ));
  test("long rows and columns", async () => {
    for (const [shape, axis] of [
      [[3, 5000], 1],
      [[5000, 3], 0],
      [[2, 77, 9], 1],
      [[100, 67], 0],
    ] as const) {
      await expectAsOnCpu("wasm", (x) => f(x, [axis], false), [normal([...shape])], {
        rtol: 1e-5,
        atol: 1e-4,
      });
    }
  });
  test("NaN and Infinity", async () => {
    for (const axis of [0, 1]) {
      await expectAsOnCpu("wasm", (x) => f(x, [axis], false), [
        {
          shape: [5, 17],
          values: Array.from({ length: 85 }, (_, i) => {
            const x = SPECIAL[(i * 3) % 17]!;
            return Math.abs(x) > 1e38 && isFinite(x) ? x / 10 : x;
          }),
        },
      ]);
    }
    await expectAsOnCpu("wasm", (x) => f(x, [1], false), [
      { shape: [2, 3], values: [-Infinity, -Infinity, -Infinity, Infinity, 1, 2] },
    ]);
  });
  test("whole numbers", () =>
    expectAsOnCpu("wasm", (x) => f(x, [1], false), [
      { shape: [3, 4], dtype: "int32", values: Array.from({ length: 12 }, (_, i) => i - 5) },
    ]));
});

test("sums and means over nothing, and of nothing", () =>
  expectAsOnCpu("wasm", (x) => [x.sum(1), x.mean(0), x.sum()], [{ shape: [0, 3], values: [] }]));
test("a sum of a million numbers keeps its digits", async () => {
  await tf.setBackend("wasm");
  tf.tidy(() => {
    expect(tf.fill([1_000_000], 0.1).sum().dataSync()[0]).toBeCloseTo(100_000, 0);
    expect(tf.fill([10_000, 4], 0.1).sum(0).dataSync()[3]).toBeCloseTo(1000, 2);
  });
});

describe("softmax", () => {
  test.each([1, 3, 4, 18, 1500])("rows of %i", (n) =>
    expectAsOnCpu("wasm", (x) => tf.softmax(x), [normal([3, 2, n], 1, 4)]),
  );
  test("large scores, −∞, rows of nothing else, NaN", () =>
    expectAsOnCpu("wasm", (x) => tf.softmax(x), [
      {
        shape: [5, 3],
        values: [
          1e30,
          1e30,
          -1e30,
          5,
          -Infinity,
          3,
          -Infinity,
          -Infinity,
          -Infinity,
          NaN,
          1,
          2,
          1000,
          1001,
          999,
        ],
      },
    ]));
  test("its gradient", () =>
    expectAsOnCpu("wasm", (x, dy) => tf.grad((x) => tf.softmax(x))(x, dy), [
      normal([4, 9], 1),
      normal([4, 9], 2),
    ]));
  test("without rows", () =>
    expectAsOnCpu("wasm", (x) => tf.softmax(x), [{ shape: [0, 3], values: [] }]));
});

test("softmax of numbers far below the largest", () =>
  expectAsOnCpu(
    "wasm",
    (x) => tf.softmax(x),
    [{ shape: [2, 9], values: [0, -1, -87.3, -87.5, -87.7, -88, -104, -3e38, -Infinity] }].map(
      ({ shape, values }) => ({ shape, values: [...values, ...values.map((x) => x / 2 - 40)] }),
    ),
    { rtol: 1e-5, atol: 2e-38 },
  ));
