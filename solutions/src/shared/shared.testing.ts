/** For tests only: reference cases as tests, a matcher for tensors, a count of leaked tensors. */
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
  /* eslint-disable-next-line @typescript-eslint/no-explicit-any,
     @typescript-eslint/no-unused-vars -- vitest's own signature */
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
    const both = { rtol: tolerance, atol: tolerance };
    const verdict = compare(plain(received), plain(expected), both, "the tensor");
    return {
      pass: verdict.ok,
      message: () => (verdict.ok ? "expected the tensors to differ" : verdict.message),
    };
  },
});

/** One test for each case of data/reference/<lesson>/<name>.safetensors; no cases is a failure. */
export function checkReferences(
  name: string,
  fn: AnyFunction,
  exercise: Pick<Exercise, "tolerance"> = {},
): void {
  const cases = readReferences(paths(courseRoot()).references, name);
  const file = `data/reference/<lesson>/${name}.safetensors`;
  test(`${name} has reference tensors`, () =>
    expect(cases.length, `no ${file}: write its oracle, then npm run oracles`).toBeGreaterThan(0));
  for (const c of cases) {
    test(`${name}, ${c.group}: ${c.title}`, async () => {
      const verdict = judgeCase(c, await runCase(fn, c), exercise as Exercise);
      expect(verdict.ok ? "" : verdict.message).toBe("");
    });
  }
}

/** All tensors in nested lists and objects. */
function tensorsIn(value: unknown): Set<tf.Tensor> {
  const found = new Set<tf.Tensor>();
  mapLeaves(value, (v) => {
    if (v instanceof tf.Tensor) found.add(v);
    return v;
  });
  return found;
}

/** Calls fn and expects that only the tensors it returns are added. */
export function expectNoLeak(fn: AnyFunction, ...args: unknown[]): void {
  const before = tf.memory().numTensors;
  const returned = [...tensorsIn(fn(...args))];
  const after = tf.memory().numTensors;
  const inputs = tensorsIn(args);
  const added = returned.filter((t) => !inputs.has(t)).length;
  expect(after - before, "tensors left behind").toBe(added);
  tf.dispose(returned);
}
