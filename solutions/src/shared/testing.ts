/**
 * For tests only: reference cases as tests, the one matcher for tensors, a count of leaked tensors.
 */
import * as tf from "@tensorflow/tfjs-core";
import {
  compare,
  courseRoot,
  judgeCase,
  mapLeaves,
  paths,
  readReferences,
  runCase,
  type AnyFunction,
  type Exercise,
  type TensorData,
} from "grader";
import { expect, test } from "vitest";

declare module "vitest" {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any, @typescript-eslint/no-unused-vars -- vitest's own signature
  interface Assertion<T = any> {
    toMatchTensor(expected: tf.Tensor, tolerance?: number): void;
  }
}

const plain = (t: tf.Tensor): TensorData => ({
  shape: t.shape,
  dtype: t.dtype as TensorData["dtype"],
  data: t.dataSync(),
});

expect.extend({
  /** Shape, dtype, NaN and values; tolerance is both relative and absolute, 1e-6 unless given. */
  toMatchTensor(received: tf.Tensor, expected: tf.Tensor, tolerance = 1e-6) {
    const verdict = compare(
      plain(received),
      plain(expected),
      { rtol: tolerance, atol: tolerance },
      "the tensor",
    );
    return {
      pass: verdict.ok,
      message: () => (verdict.ok ? "expected the tensors to differ" : verdict.says),
    };
  },
});

/**
 * One test for each reference case of data/reference/<lesson>/<name>.safetensors; a function
 * without references fails.
 */
export function checkReferences(
  name: string,
  fn: AnyFunction,
  exercise: Pick<Exercise, "tolerance"> = {},
): void {
  const cases = readReferences(paths(courseRoot()).references, name);
  test(`${name} has reference tensors`, () =>
    expect(
      cases.length,
      `no data/reference/<lesson>/${name}.safetensors: write data/oracles and run npm run oracles`,
    ).toBeGreaterThan(0));
  for (const c of cases) {
    test(`${name}, ${c.group}: ${c.says}`, async () => {
      const verdict = judgeCase(c, await runCase(fn, c), exercise as Exercise);
      expect(verdict.ok ? "" : verdict.says).toBe("");
    });
  }
}

/** Calls fn and expects that only the tensors it returns are added. */
export function expectNoLeak(fn: AnyFunction, ...args: unknown[]): void {
  const before = tf.memory().numTensors;
  const result = fn(...args);
  const returned = new Set<tf.Tensor>();
  mapLeaves(result, (v) => {
    if (v instanceof tf.Tensor) returned.add(v);
    return v;
  });
  const inputs = new Set<unknown>();
  mapLeaves(args, (v) => {
    inputs.add(v);
    return v;
  });
  const added = [...returned].filter((t) => !inputs.has(t)).length;
  expect(tf.memory().numTensors - before, "tensors left behind").toBe(added);
  tf.dispose([...returned]);
}
