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

function plain(t: tf.Tensor): Dense {
  const values = t.dataSync();
  const data = Array.isArray(values) ? new Float32Array(0) : values.slice(); // [] on plain CPU
  return { shape: t.shape, dtype: t.dtype, data };
}

async function on(
  backend: string,
  compute: Compute,
  inputs: Input[],
): Promise<{ results: Dense[]; leaked: number }> {
  await tf.setBackend(backend);
  const before = tf.memory().numDataBuffers;
  let results: Dense[] = [];
  tf.tidy(() => {
    const tensors = inputs.map(({ shape, dtype, values }) =>
      tf.tensor(values, shape, dtype ?? "float32"),
    );
    results = [compute(...tensors)].flat().map(plain);
  });
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
    const given = JSON.stringify(inputs).slice(0, 400);
    expect(wrong && `${wrong} (inputs ${given})`).toBe("");
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
  ...[NaN, Infinity, -Infinity, 0, -0, 1, -1, 0.5],
  ...[1e-38, 3e38, -3e38, 1e-45], // at the limits of float32
  ...[20, -20, 88, -88, 104], // where exp runs out of range
];
