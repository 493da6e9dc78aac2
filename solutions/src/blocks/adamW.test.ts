import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { adamW } from "./adamW";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";

checkReferences("adamW", adamW);

const start = (params: tf.Tensor[]) => ({
  step: 0,
  m: params.map((p) => tf.zerosLike(p)),
  v: params.map((p) => tf.zerosLike(p)),
});

test("by hand: the first step is the rate times the sign of the gradient, after decay", () => {
  const params = [tf.tensor([1, -1])];
  const next = adamW(params, [tf.tensor([0.5, -200])], start(params), { rate: 0.1, decay: 0.5 });
  expect(next.params[0]!).toMatchTensor(tf.tensor([0.85, -0.85]));
  expect(next.state.step).toBe(1);
  expect(next.state.m[0]!).toMatchTensor(tf.tensor([0.05, -20]));
  expect(next.state.v[0]!).toMatchTensor(tf.tensor([0.00025, 40]));
});

test("the scale of the gradients does not matter", () => {
  const params = [tf.randomNormal([6], 0, 1, "float32", 1)];
  const g = tf.randomNormal([6], 0, 1, "float32", 2);
  const [small, large] = [0.01, 100].map(
    (s) => adamW(params, [g.mul(s)], start(params), { rate: 0.1 }).params[0]!,
  );
  expect(small!).toMatchTensor(large!, 1e-5);
});

test("finds the lowest point of a bowl", () => {
  let params: tf.Tensor[] = [tf.tensor([5, -3])];
  let state = start(params);
  for (let i = 0; i < 300; i++) {
    ({ params, state } = adamW(
      params,
      params.map((p) => p.sub(1).mul(2)),
      state,
      { rate: 0.1, decay: 0 },
    ));
  }
  expect(params[0]!).toMatchTensor(tf.ones([2]), 0.01);
});

test("bad arguments", () => {
  const params = [tf.ones([2])];
  const gradients = [tf.ones([2])];
  const state = start(params);
  expect(() => adamW(params, [], state, { rate: 0.1 })).toThrow(
    "adamW: expected gradients of 1 tensors, one for each parameter, got 0",
  );
  expect(() => adamW(params, [tf.ones([3])], state, { rate: 0.1 })).toThrow(
    "adamW: expected gradients[0] [2], got [3]",
  );
  expect(() => adamW(params, gradients, { ...state, m: [] }, { rate: 0.1 })).toThrow(
    "adamW: expected state.m of 1 tensors",
  );
  expect(() => adamW(params, gradients, { ...state, v: [tf.ones([1])] }, { rate: 0.1 })).toThrow(
    "adamW: expected state.v[0] [2], got [1]",
  );
  expect(() => adamW(params, gradients, { ...state, step: -1 }, { rate: 0.1 })).toThrow(
    "adamW: expected state.step to be a whole number of at least 0, got -1",
  );
  expect(() => adamW(params, gradients, state, { rate: -1 })).toThrow(
    "adamW: expected rate of at least 0, got -1",
  );
  expect(() => adamW(params, gradients, state, { rate: 1, eps: -1 })).toThrow(
    "adamW: expected eps",
  );
  expect(() => adamW(params, gradients, state, { rate: 1, decay: NaN })).toThrow(
    "adamW: expected decay",
  );
  expect(() => adamW(params, gradients, state, { rate: 1, beta1: 1 })).toThrow(
    "adamW: expected beta1 to be at least 0 and below 1, got 1",
  );
  expect(() => adamW(params, gradients, state, { rate: 1, beta2: -0.1 })).toThrow(
    "adamW: expected beta2",
  );
});

test("no tensors left behind", () => {
  const params = [tf.ones([2, 3]), tf.ones([3])];
  expectNoLeak(adamW, params, params, start(params), { rate: 0.1 });
});
