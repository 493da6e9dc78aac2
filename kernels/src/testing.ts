/** For tests only: what a backend's kernels compute, against tfjs's plain CPU. */
import * as tf from "@tensorflow/tfjs-core";
import { expect } from "vitest";

export interface Input {
  shape: number[];
  dtype?: "float32" | "int32" | "bool";
  values: number[];
}
/** A tensor's content. */
export interface Dense {
  shape: number[];
  dtype: tf.DataType;
  data: ArrayLike<number>;
}
type Compute = (...inputs: tf.Tensor[]) => tf.Tensor | tf.Tensor[];

const plain = (t: tf.Tensor): Dense => ({
  shape: t.shape,
  dtype: t.dtype,
  data: Array.isArray(t.dataSync()) ? new Float32Array(0) : t.dataSync().slice(),
}); // plain CPU answers [] for some empty ones

async function on(
  backend: string,
  compute: Compute,
  inputs: Input[],
): Promise<{ results: Dense[]; leaked: number }> {
  await tf.setBackend(backend);
  const before = tf.memory().numDataBuffers;
  const results = tf.tidy(
    () =>
      [
        compute(
          ...inputs.map(({ shape, dtype = "float32", values }) => tf.tensor(values, shape, dtype)),
        ),
      ]
        .flat()
        .map(plain) as unknown as tf.TensorContainer,
  ) as unknown as Dense[];
  return { results, leaked: tf.memory().numDataBuffers - before };
}

/** A NaN is close to a NaN, and an infinity to itself. */
const close = (a: number, b: number, { rtol, atol }: { rtol: number; atol: number }) =>
  Object.is(a, b) ||
  a === b ||
  (Number.isFinite(b) && Math.abs(a - b) <= atol + rtol * Math.abs(b));

/** What is wrong with shape, dtype or values, integers being exact; empty where nothing is. */
export function difference(
  got: Dense,
  want: Dense,
  tolerance: { rtol: number; atol: number },
): string {
  if (got.shape.join() !== want.shape.join()) {
    return `expected shape [${want.shape}], got [${got.shape}]`;
  }
  if (got.dtype !== want.dtype) return `expected dtype ${want.dtype}, got ${got.dtype}`;
  const allowed = want.dtype === "float32" ? tolerance : { rtol: 0, atol: 0 };
  for (let i = 0; i < tf.util.sizeFromShape(want.shape); i++) {
    if (close(got.data[i]!, want.data[i]!, allowed)) continue;
    return `value ${i}: expected ${want.data[i]}, got ${got.data[i]}`;
  }
  return "";
}

/**
 * Expects that a backend's results have the shapes, dtypes, NaNs and values of plain CPU's, and
 * that nothing is left behind.
 */
export async function expectAsOnCpu(
  backend: string,
  compute: Compute,
  inputs: Input[],
  tolerance = { rtol: 1e-5, atol: 1e-6 },
): Promise<void> {
  const expected = await on("cpu", compute, inputs);
  const received = await on(backend, compute, inputs);
  expect(received.results.length).toBe(expected.results.length);
  received.results.forEach((result, i) => {
    const wrong = difference(result, expected.results[i]!, tolerance);
    expect(wrong && `${wrong} (inputs ${JSON.stringify(inputs).slice(0, 400)})`).toBe("");
  });
  expect(received.leaked, "tensors left behind").toBe(0);
}

/** Numbers of a normal distribution, the same for the same seed. */
export function normal(shape: number[], seed = 1, scale = 1): Input {
  const t = tf.randomNormal(shape, 0, scale, "float32", seed);
  const values = Array.from(t.dataSync());
  t.dispose();
  return { shape, values };
}

/** Numbers that functions trip over. */
export const SPECIAL = [
  NaN,
  Infinity,
  -Infinity,
  0,
  -0,
  1,
  -1,
  1e-38,
  3e38,
  -3e38,
  1e-45,
  0.5,
  88,
  -88,
  20,
  -20,
  104,
];
