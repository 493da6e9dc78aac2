import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { mambaBlock, type MambaParams } from "./mambaBlock";
import { mambaStep, type MambaState } from "./mambaStep";

checkReferences("mambaStep", mambaStep);

const draw = (shape: number[], seed: number) =>
  tf.randomNormal(shape, 0, 0.7, "float32", seed) as tf.Tensor;
const params = (C: number, E: number, n: number, r: number): MambaParams => ({
  wIn: draw([C, 2 * E], 1),
  conv: draw([E, 4], 2),
  convBias: draw([E], 3),
  wX: draw([E, r + 2 * n], 4),
  wDelta: draw([r, E], 5),
  bDelta: draw([E], 6),
  aLog: draw([E, n], 7),
  skip: draw([E], 8),
  wOut: draw([E, C], 9),
});
const empty = (B: number, E: number, n: number): MambaState => ({
  past: tf.zeros([B, 3, E]),
  h: tf.zeros([B, E, n]),
});

test("by hand: half of the state is kept, and the token writes nothing", () => {
  const one = (x: number, shape: number[]) => tf.tensor([x], shape);
  const silu = (x: number) => x / (1 + Math.exp(-x));
  const p: MambaParams = {
    wIn: tf.tensor([1, 2], [1, 2]),
    conv: tf.tensor([1, 0], [1, 2]),
    convBias: one(0, [1]),
    wX: tf.tensor([0, 0, 1], [1, 3]),
    wDelta: one(1, [1, 1]),
    bDelta: one(0, [1]), // Δ = softplus(0) = ln 2
    aLog: one(0, [1, 1]), // a = −1
    skip: one(0, [1]),
    wOut: one(1, [1, 1]),
  };
  const { output, state } = mambaStep(one(5, [1, 1]), p, {
    past: one(1, [1, 1, 1]),
    h: one(8, [1, 1, 1]),
  });
  expect(state.h).toMatchTensor(one(4, [1, 1, 1]));
  expect(state.past).toMatchTensor(one(5, [1, 1, 1]));
  expect(output).toMatchTensor(one(silu(1) * 4 * silu(10), [1, 1]), 1e-5);
});

test("token by token it equals the block, and two halves of a text join in the state", () => {
  const p = params(3, 6, 2, 1);
  const x = draw([2, 12, 3], 10);
  let state = empty(2, 6, 2);
  const outputs: tf.Tensor[] = [];
  for (let t = 0; t < 12; t++) {
    const next = mambaStep(x.slice([0, t, 0], [2, 1, 3]).squeeze([1]), p, state);
    outputs.push(next.output);
    state = next.state;
  }
  expect(tf.stack(outputs, 1)).toMatchTensor(mambaBlock(x, p), 1e-4);
});

test("bad arguments", () => {
  const p = params(3, 6, 2, 1);
  expect(() =>
    mambaStep(tf.ones([1, 3]), p, { ...empty(1, 6, 2), h: tf.zeros([1, 6, 3]) }),
  ).toThrow("mambaStep: expected state.h [1, 6, 2], got [1, 6, 3]");
  expect(() => mambaStep(tf.ones([1, 4, 3]), p, empty(1, 6, 2))).toThrow(
    "mambaStep: expected x [B, C], got [1, 4, 3]",
  );
});

test("no tensors left behind", () => {
  const p = params(3, 6, 2, 1);
  expectNoLeak(mambaStep, draw([2, 3], 12), p, empty(2, 6, 2));
});
