/** For tests only: what a backend's kernels compute, against tfjs's plain CPU. */
import * as tf from "@tensorflow/tfjs-core";
import { compare, type TensorData } from "grader";
import { expect } from "vitest";

export interface Input {
  shape: number[];
  dtype?: "float32" | "int32" | "bool";
  values: number[];
}
type Compute = (...inputs: tf.Tensor[]) => tf.Tensor | tf.Tensor[];

function plain(t: tf.Tensor): TensorData {
  const values = t.dataSync();
  const data = Array.isArray(values) ? new Float32Array(0) : values.slice(); // [] on plain CPU
  return { shape: t.shape, dtype: t.dtype as TensorData["dtype"], data };
}

async function on(
  backend: string,
  compute: Compute,
  inputs: Input[],
): Promise<{ results: TensorData[]; leaked: number }> {
  await tf.setBackend(backend);
  const before = tf.memory().numDataBuffers;
  let results: TensorData[] = [];
  tf.tidy(() => {
    const tensors = inputs.map(({ shape, dtype, values }) =>
      tf.tensor(values, shape, dtype ?? "float32"),
    );
    results = [compute(...tensors)].flat().map(plain);
  });
  return { results, leaked: tf.memory().numDataBuffers - before };
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
    const verdict = compare(result, expected.results[i]!, tolerance, "the result");
    const given = JSON.stringify(inputs).slice(0, 400);
    expect(verdict.ok ? "" : `${verdict.says} (inputs ${given})`).toBe("");
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
