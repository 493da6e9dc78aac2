import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { ddimStep } from "./ddimStep";
import { flowStep } from "./flowStep";

checkReferences("flowStep", flowStep);

test("by hand: velocity t² from 2 to 1", () => {
  const velocity = (z: tf.Tensor, t: number) => z.mul(0).add(t * t);
  expect(flowStep(velocity, tf.tensor1d([10]), 2, 1)).toMatchTensor(tf.tensor1d([6]));
  expect(flowStep(velocity, tf.tensor1d([10]), 2, 1, "heun")).toMatchTensor(tf.tensor1d([7.5]));
});

test("Euler's step along (z − guess)/σ is ddimStep", () => {
  const [z, guess] = [1, 2].map((seed) => tf.randomNormal([3, 4], 0, 2, "float32", seed));
  const velocity = (y: tf.Tensor, sigma: number) => y.sub(guess!).div(sigma);
  expect(flowStep(velocity, z!, 2, 0.7)).toMatchTensor(ddimStep(z!, guess!, 2, 0.7));
});

test("Heun's error falls with the square of the step", () => {
  const velocity = (z: tf.Tensor, t: number) => z.mul(t / (1 + t * t)); // normal data
  const errorOf = (n: number) => {
    let z: tf.Tensor = tf.tensor1d([1]);
    const at = (i: number) => 2 - i / n;
    for (let i = 0; i < n; i++) z = flowStep(velocity, z, at(i), at(i + 1), "heun");
    return Math.abs(z.dataSync()[0]! - Math.sqrt(2 / 5));
  };
  expect(errorOf(2) / errorOf(4)).toBeGreaterThan(3);
});

test("both velocities must be like z", () => {
  const velocity = (y: tf.Tensor, t: number) => (t === 1 ? y : y.sum(-1, true));
  expect(() => flowStep(velocity, tf.ones([2, 3]), 1, 0.5, "heun")).toThrow(
    "flowStep: expected velocity [2, 3], got [2, 1]",
  );
});

test("no tensors left behind", () => {
  const velocity = (z: tf.Tensor) => z.mul(2);
  expectNoLeak(flowStep, velocity, tf.ones([2, 3]), 1, 0.5, "heun");
});
