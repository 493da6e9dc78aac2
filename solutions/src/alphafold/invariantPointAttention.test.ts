import * as tf from "@tensorflow/tfjs-core";
import { random } from "grader";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { composeFrames } from "../esm3/composeFrames";
import { drawFrames } from "../shared/frameCases";
import { drawPointParams, tensorsOf } from "./pairCases";
import { invariantPointAttention } from "./invariantPointAttention";
import type { PointAttentionParams } from "./pairTypes";
import type { Frames } from "../esm3/types";

checkReferences("invariantPointAttention", invariantPointAttention);

const draw = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, "float32", seed);
const options = { heads: 2, queryPoints: 2, valuePoints: 3 };
const params = tensorsOf<PointAttentionParams>(
  drawPointParams(random(1), { C: 4, Cz: 3, D: 2, ...options }),
);
const frames = tensorsOf<Frames>(drawFrames(random(2), [1, 5]));

test(
  "by hand: one residue reads itself; its points come back local, their norms beside them, " +
    "then its pair",
  () => {
    const zero = tf.zeros([1, 3]);
    const one = {
      rotation: tf.tensor([0, -1, 0, 1, 0, 0, 0, 0, 1], [1, 1, 3, 3]),
      translation: tf.tensor([5, 6, 7], [1, 1, 3]),
    };
    const wo = tf.eye(6); // C = 6 outputs: scalar, x, y, z, norm, pair
    const plain = {
      wq: tf.zeros([6, 1]),
      wk: tf.zeros([6, 1]),
      wv: tf.tensor([1, 0, 0, 0, 0, 0], [6, 1]),
      wqPoints: zero.tile([6, 1]),
      wkPoints: zero.tile([6, 1]),
      wvPoints: tf.tensor([[2, 3, 6], ...Array(5).fill([0, 0, 0])] as number[][]),
      wBias: tf.zeros([1, 1]),
      headScale: tf.zeros([1]),
      wo,
    };
    const y = invariantPointAttention(
      tf.tensor([1, 0, 0, 0, 0, 0], [1, 1, 6]),
      tf.fill([1, 1, 1, 1], 9),
      one,
      plain,
      { heads: 1, queryPoints: 1, valuePoints: 1 },
    );
    expect(y).toMatchTensor(tf.tensor([1, 2, 3, 6, 7, 9], [1, 1, 6]), 1e-5);
  },
);

test("turning and moving the whole protein changes nothing", () => {
  const s = draw([1, 5, 4], 3);
  const z = draw([1, 5, 5, 3], 4);
  const whole = tensorsOf<Frames>(drawFrames(random(5), []));
  const moved = composeFrames(whole, frames);
  expect(invariantPointAttention(s, z, moved, params, options)).toMatchTensor(
    invariantPointAttention(s, z, frames, params, options),
    1e-4,
  );
});

test("moving one residue changes something", () => {
  const s = draw([1, 5, 4], 3);
  const z = draw([1, 5, 5, 3], 4);
  const other = {
    ...frames,
    translation: frames.translation.add(tf.tensor([1, 0, 0, 0, 0], [1, 5, 1])),
  };
  expect(invariantPointAttention(s, z, other, params, options)).not.toMatchTensor(
    invariantPointAttention(s, z, frames, params, options),
    1e-2,
  );
});

test("bad input", () => {
  expect(() =>
    invariantPointAttention(draw([1, 5, 4], 1), draw([1, 5, 5, 3], 2), frames, params, {
      ...options,
      valuePoints: 2,
    }),
  ).toThrow("invariantPointAttention: expected wvPoints [4, 12], got [4, 18]");
  expect(() =>
    invariantPointAttention(draw([1, 4, 4], 1), draw([1, 4, 4, 3], 2), frames, params, options),
  ).toThrow("expected frames.translation [1, 4, 3], got [1, 5, 3]");
});

test("no tensors left behind", () =>
  expectNoLeak(invariantPointAttention, draw([1, 5, 4], 1), draw([1, 5, 5, 3], 2), frames, params, {
    ...options,
    mask: tf.ones([1, 5]),
  }));
