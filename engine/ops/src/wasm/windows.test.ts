/**
 * Convolutions and maxima over windows, and their gradients, beside plain loops in float64 and
 * their slopes by finite differences. tfjs's plain CPU takes no part.
 */
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, describe, expect, test } from "vitest";
import { registerWasmKernels } from "ops";
import { normal } from "../ops.testing";

type Shape = readonly number[];
/** Reads a row-major array; undefined outside of it. */
const at = (values: ArrayLike<number>, shape: Shape, index: readonly number[]) =>
  index.every((i, axis) => i >= 0 && i < shape[axis]!)
    ? values[index.reduce((sum, i, axis) => sum * shape[axis]! + i, 0)]
    : undefined;

function* indices(shape: Shape): Generator<number[]> {
  if (shape.length === 0) return yield [];
  for (let i = 0; i < shape[0]!; i++) {
    for (const rest of indices(shape.slice(1))) yield [i, ...rest];
  }
}

interface Windows {
  x: Shape;
  y: Shape;
  filter: Shape;
  stride: number;
  pad: "same" | "valid";
}

/** Places of margin before the first one, as TensorFlow defines "same". */
const margin = ({ x, y, filter, stride, pad }: Windows, axis: number) =>
  pad === "valid"
    ? 0
    : Math.floor(Math.max(0, (y[axis + 1]! - 1) * stride + filter[axis]! - x[axis + 1]!) / 2);

/** The places that the window of a result sees, each with its place in the filter. */
function* seen(windows: Windows, [batch, ...result]: number[]) {
  for (const tap of indices(windows.filter)) {
    const place = tap.map((t, i) => result[i]! * windows.stride + t - margin(windows, i));
    if (place.every((p, i) => p >= 0 && p < windows.x[i + 1]!)) {
      yield { place: [batch!, ...place], tap };
    }
  }
}

function convolution(windows: Windows, x: ArrayLike<number>, w: ArrayLike<number>): number[] {
  const channels = [windows.x.at(-1)!, windows.y.at(-1)!] as const;
  return [...indices(windows.y)].map((index) => {
    let sum = 0;
    for (const { place, tap } of seen(windows, index.slice(0, -1))) {
      for (let c = 0; c < channels[0]; c++) {
        const weight = at(w, [...windows.filter, ...channels], [...tap, c, index.at(-1)!])!;
        sum += weight * at(x, windows.x, [...place, c])!;
      }
    }
    return sum;
  });
}

const maxima = (windows: Windows, x: ArrayLike<number>): number[] =>
  [...indices(windows.y)].map((index) =>
    Math.max(
      ...[...seen(windows, index.slice(0, -1))].map(({ place }) =>
        at(x, windows.x, [...place, index.at(-1)!])!,
      ),
    ),
  );

/** The slope of f in each number of x, by central differences. */
function slopes(f: (x: number[]) => number, x: readonly number[], step = 1e-4): number[] {
  return x.map((value, i) => {
    const moved = (by: number) => f(x.map((v, j) => (j === i ? value + by : v)));
    return (moved(step) - moved(-step)) / (2 * step);
  });
}

const weigh = (y: readonly number[]) => y.reduce((sum, v, i) => sum + v * Math.cos(i), 0);
const loss = (y: tf.Tensor) => y.mul(tf.range(0, y.size).cos().reshape(y.shape)).sum();

function expectClose(got: tf.Tensor, want: readonly number[]): void {
  const values = [...got.dataSync()];
  expect(values.length).toBe(want.length);
  values.forEach((value, i) => expect(Math.abs(value - want[i]!)).toBeLessThan(2e-5));
}

/** The shape of y, by TensorFlow's rule. */
const outShape = (x: Shape, filter: Shape, stride: number, pad: string, channels: number) => [
  x[0]!,
  ...filter.map((f, i) => Math.ceil((x[i + 1]! - (pad === "same" ? 0 : f - 1)) / stride)),
  channels,
];

afterAll(() => {
  registerWasmKernels()();
  registerWasmKernels();
});

// "same" with strides longer than the filter is left out: tfjs-core itself begins its 3D windows
// elsewhere than TensorFlow, on each backend
const CASES = [
  { pad: "same", stride: 1 },
  { pad: "same", stride: 2 },
  { pad: "valid", stride: 1 },
  { pad: "valid", stride: 2 },
  { pad: "valid", stride: 3 },
] as const;

/** Compares what f gives, and its gradients, and that nothing is left behind. */
async function expectSlopes(
  inputs: { shape: Shape; values: number[] }[],
  f: (...tensors: tf.Tensor[]) => tf.Tensor,
  inFloat64: (...values: ArrayLike<number>[]) => number[],
): Promise<void> {
  await tf.setBackend("wasm");
  const before = tf.memory().numDataBuffers;
  tf.tidy(() => {
    const tensors = inputs.map(({ shape, values }) => tf.tensor(values, [...shape]));
    expectClose(f(...tensors), inFloat64(...inputs.map(({ values }) => values)));
    const gradients = tf.grads((...ts: tf.Tensor[]) => loss(f(...ts)))(tensors);
    gradients.forEach((gradient, i) => {
      expect(gradient.shape).toEqual(inputs[i]!.shape);
      const of = (moved: number[]) =>
        weigh(inFloat64(...inputs.map(({ values }, j) => (j === i ? moved : values))));
      expectClose(gradient, slopes(of, inputs[i]!.values));
    });
  });
  expect(tf.memory().numDataBuffers, "tensors left behind").toBe(before);
}

describe.each([
  { name: "in a notebook", missing: false },
  { name: "in the grader's child", missing: true },
])("windows $name", ({ missing }) => {
  const register = () => {
    registerWasmKernels()();
    registerWasmKernels({ missing });
  };
  test.each(CASES)("tf.conv3d, pad $pad, stride $stride", async ({ pad, stride }) => {
    register();
    for (const [shape, filter, out] of [
      [[1, 3, 3, 3, 1], [2, 2, 2], 1],
      [[2, 3, 4, 5, 2], [2, 3, 1], 3],
    ] as const) {
      const windows = {
        x: shape,
        y: outShape(shape, filter, stride, pad, out),
        filter,
        stride,
        pad,
      };
      await expectSlopes(
        [normal([...shape], 1), normal([...filter, shape[4], out], 2)],
        (x, w) => tf.conv3d(x as tf.Tensor5D, w as tf.Tensor5D, stride, pad),
        (x, w) => convolution(windows, x!, w!),
      );
    }
  });
  test.each(CASES)("maxima, pad $pad, stride $stride", async ({ pad, stride }) => {
    register();
    // far enough below zero that a margin of zeros would win
    const negative = (shape: number[]) => {
      const { values } = normal(shape, 3);
      return { shape, values: values.map((v) => v - 5) };
    };
    const [flat, deep] = [
      [2, 5, 4, 2],
      [2, 3, 4, 5, 2],
    ];
    const in2D = {
      x: flat,
      y: outShape(flat, [3, 2], stride, pad, 2),
      filter: [3, 2],
      stride,
      pad,
    };
    await expectSlopes(
      [negative(flat)],
      (x) => tf.maxPool(x as tf.Tensor4D, [3, 2], stride, pad),
      (x) => maxima(in2D, x!),
    );
    const y = outShape(deep, [2, 3, 2], stride, pad, 2);
    const in3D = { x: deep, y, filter: [2, 3, 2], stride, pad };
    await expectSlopes(
      [negative(deep)],
      (x) => tf.maxPool3d(x as tf.Tensor5D, [2, 3, 2], stride, pad),
      (x) => maxima(in3D, x!),
    );
  });
});

test("on ties, the first number gets the slope", async () => {
  await tf.setBackend("wasm");
  const x = tf.ones([1, 2, 3, 1]) as tf.Tensor4D;
  const dx = tf.grad((t: tf.Tensor) => tf.maxPool(t as tf.Tensor4D, 2, 1, "valid").sum())(x);
  expect([...dx.dataSync()]).toEqual([1, 1, 0, 0, 0, 0]);
});
