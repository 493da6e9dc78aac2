import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { noiseLevels } from "./noiseLevels";
import { sampleAtoms } from "./sampleAtoms";

checkReferences("sampleAtoms", sampleAtoms);

const draw = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, "float32", seed);
const noiseOf = (N: number, B = 2, T = 3) => ({
  start: draw([B, T, 3], 1),
  steps: draw([N, B, T, 3], 2),
  quaternions: draw([N, B, 4], 3),
  shifts: draw([N, B, 3], 4),
});

test("by hand: one step to level 0, by a denoiser that says the origin", () => {
  const noise = { ...noiseOf(1), shifts: tf.zeros([1, 2, 3]) };
  const [start, end] = tf.unstack(sampleAtoms((y) => y.mul(0), noise, [0.5, 0], { stepScale: 1 }));
  expect(start!).toMatchTensor(noise.start.mul(0.5));
  expect(end!).toMatchTensor(tf.zeros([2, 3, 3]));
});

test("noise levels fall from max to min, and then to 0", () => {
  const levels = noiseLevels(5, { max: 80, min: 0.01 });
  expect(levels.length).toBe(6);
  expect(levels[0]).toBeCloseTo(80, 8);
  expect(levels[4]).toBeCloseTo(0.01, 8);
  expect(levels[5]).toBe(0);
  expect(levels[2]).toBeCloseTo(((80 ** (1 / 7) + 0.01 ** (1 / 7)) / 2) ** 7, 8);
  expect(() => noiseLevels(1, { max: 80, min: 0.01 })).toThrow("noiseLevels: expected n");
});

test("no tensors left behind", () => {
  expectNoLeak(sampleAtoms, (y: tf.Tensor) => y.mul(0.5), noiseOf(2), [3, 2, 0]);
});
