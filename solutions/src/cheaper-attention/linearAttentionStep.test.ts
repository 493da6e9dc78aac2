import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { linearAttention } from "./linearAttention";
import { linearAttentionStep, type LinearState } from "./linearAttentionStep";

checkReferences("linearAttentionStep", linearAttentionStep);

const start = (B: number, H: number, D: number): LinearState => ({
  s: tf.zeros([B, H, D, D]),
  z: tf.zeros([B, H, D]),
});

test("by hand: a first token of features 1 and value 4, a second of features 3 and value 8", () => {
  const at = (n: number) => tf.tensor([n], [1, 1, 1]);
  const first = linearAttentionStep(at(0), at(0), at(4), start(1, 1, 1));
  expect(first.output).toMatchTensor(at(4), 2e-6);
  const second = linearAttentionStep(at(0), at(2), at(8), first.state);
  expect(second).toMatchObject({ output: { shape: [1, 1, 1] } });
  expect(second.output).toMatchTensor(at(7), 1e-5);
  expect(second.state.z).toMatchTensor(at(4));
});

test("token by token gives causal linear attention", () => {
  const T = 70;
  const [q, k, v] = [1, 2, 3].map((seed) =>
    tf.randomNormal([2, 2, T, 3], 0, 1, "float32", seed),
  ) as [tf.Tensor, tf.Tensor, tf.Tensor];
  let state = start(2, 2, 3);
  const outputs = Array.from({ length: T }, (_, t) => {
    const at = (x: tf.Tensor) => x.slice([0, 0, t, 0], [2, 2, 1, 3]).squeeze([2]);
    const step = linearAttentionStep(at(q), at(k), at(v), state);
    state = step.state;
    return step.output;
  });
  expect(tf.stack(outputs, 2)).toMatchTensor(linearAttention(q, k, v, { causal: true }), 1e-5);
});

test("bad state", () => {
  const x = tf.ones([1, 2, 3]);
  expect(() => linearAttentionStep(x, x, x, start(1, 2, 4))).toThrow(
    "linearAttentionStep: expected state.s [1, 2, 3, 3], got [1, 2, 4, 4]",
  );
});

test("no tensors left behind", () => {
  const x = tf.ones([1, 2, 3]);
  expectNoLeak(linearAttentionStep, x, x, x, start(1, 2, 3));
});
