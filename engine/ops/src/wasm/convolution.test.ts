import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, test } from "vitest";
import fc from "fast-check";
import { registerWasmKernels } from "ops";
import { expectAsOnCpu, normal } from "../ops.testing";

beforeAll(() => {
  registerWasmKernels();
});

/**
 * A loss whose gradient does not depend on the result: the stock kernel's own are wrong where
 * strides are longer than the filter.
 */
const loss = (y: tf.Tensor) => y.mul(tf.range(0, y.size).cos().reshape(y.shape)).sum();
const TOLERANCE = { rtol: 1e-4, atol: 1e-4 };
const cases = fc.record({
  batch: fc.integer({ min: 1, max: 2 }),
  height: fc.integer({ min: 3, max: 9 }),
  width: fc.integer({ min: 3, max: 9 }),
  filter: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
  channels: fc.integer({ min: 1, max: 6 }),
  out: fc.integer({ min: 1, max: 5 }),
  stride: fc.integer({ min: 1, max: 3 }),
  pad: fc.constantFrom("same" as const, "valid" as const, 1),
});

describe("the gradient of a convolution's filter", () => {
  test("any shapes, strides and margins", () =>
    fc.assert(
      fc.asyncProperty(
        cases,
        async ({ batch, height, width, filter: [fh, fw], channels, out, stride, pad }) => {
          // tfjs takes a margin in numbers for that of a square
          const filter = [fh, pad === 1 ? fh : fw, channels, out];
          await expectAsOnCpu(
            "wasm",
            (x, w) =>
              tf.grad((w) =>
                loss(
                  tf.conv2d(
                    x as tf.Tensor4D,
                    w as tf.Tensor4D,
                    stride,
                    pad,
                    "NHWC",
                    1,
                    pad === 1 ? "floor" : undefined,
                  ),
                ),
              )(w),
            [normal([batch, height, width, channels], 1), normal(filter, 2)],
            TOLERANCE,
          );
        },
      ),
      { numRuns: 60 },
    ));
  test("in one dimension", () =>
    expectAsOnCpu(
      "wasm",
      (x, w) =>
        tf.grad((w) => tf.conv1d(x as tf.Tensor3D, w as tf.Tensor3D, 2, "same").square())(w),
      [normal([2, 11, 3], 1), normal([5, 3, 4], 2)],
      TOLERANCE,
    ));
  test("of the loss of a small network, and of its input", () =>
    expectAsOnCpu(
      "wasm",
      (x, w) =>
        tf.grads((x, w) =>
          tf
            .conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, "same")
            .relu()
            .mean(),
        )([x, w]),
      [normal([2, 8, 8, 3], 1), normal([3, 3, 3, 5], 2)],
      TOLERANCE,
    ));
});

describe("the gradient of a depthwise filter", () => {
  test("any shapes, strides and margins", () =>
    fc.assert(
      fc.asyncProperty(
        cases,
        fc.integer({ min: 1, max: 2 }),
        async ({ batch, height, width, filter: [fh, fw], channels, stride, pad }, times) =>
          expectAsOnCpu(
            "wasm",
            (x, w) =>
              tf.grad((w) =>
                loss(
                  tf.depthwiseConv2d(
                    x as tf.Tensor4D,
                    w as tf.Tensor4D,
                    stride,
                    pad === 1 ? "same" : pad,
                  ),
                ),
              )(w),
            [normal([batch, height, width, channels], 1), normal([fh, fw, channels, times], 2)],
            TOLERANCE,
          ),
      ),
      { numRuns: 60 },
    ));
});

describe("the gradient of the input of a depthwise convolution", () => {
  test("any shapes, strides and margins", () =>
    fc.assert(
      fc.asyncProperty(
        cases,
        fc.integer({ min: 1, max: 2 }),
        async ({ batch, height, width, filter: [fh, fw], channels, stride, pad }, times) =>
          expectAsOnCpu(
            "wasm",
            (x, w) =>
              tf.grad((x) =>
                loss(
                  tf.depthwiseConv2d(
                    x as tf.Tensor4D,
                    w as tf.Tensor4D,
                    stride,
                    pad === 1 ? "same" : pad,
                  ),
                ),
              )(x),
            [normal([batch, height, width, channels], 1), normal([fh, fw, channels, times], 2)],
            TOLERANCE,
          ),
      ),
      { numRuns: 60 },
    ));
});
