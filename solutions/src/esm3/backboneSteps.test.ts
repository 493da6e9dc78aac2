import * as tf from "@tensorflow/tfjs-core";
import { random } from "grader";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { applyFrames } from "./applyFrames";
import { backboneSteps } from "./backboneSteps";
import { drawFrames } from "../shared/frameCases";

checkReferences("backboneSteps", backboneSteps);

const chain = [1, 2, 3].map((seed) => tf.randomNormal([5, 3], 0, 2, "float32", seed)) as [
  tf.Tensor,
  tf.Tensor,
  tf.Tensor,
];

test("by hand: a residue in the axes sees its next one where it is", () => {
  const steps = backboneSteps(
    tf.tensor([
      [0, 1, 0],
      [5, 1, 0],
    ]),
    tf.tensor([
      [0, 0, 0],
      [5, 0, 0],
    ]),
    tf.tensor([
      [2, 0, 0],
      [6, 0, 1],
    ]),
  );
  expect(steps).toMatchTensor(tf.tensor([[5, 1, 0, 5, 0, 0, 6, 0, 1]]));
});

test("turning and moving the chain changes nothing", () => {
  const { rotation, translation } = drawFrames(random(4), []);
  const move = {
    rotation: tf.tensor(rotation.data, rotation.shape),
    translation: tf.tensor(translation.data, translation.shape),
  };
  const [n, ca, c] = chain.map((atom) => applyFrames(move, atom)) as typeof chain;
  expect(backboneSteps(n, ca, c)).toMatchTensor(backboneSteps(...chain), 1e-4);
});

test("bad input", () => {
  expect(() => backboneSteps(tf.ones([1, 3]), tf.ones([1, 3]), tf.ones([1, 3]))).toThrow(
    "backboneSteps: expected at least two residues, got n [1, 3]",
  );
  expect(() => backboneSteps(tf.ones([3]), tf.ones([3]), tf.ones([3]))).toThrow(
    "backboneSteps: expected n [N, 3], got [3]",
  );
});

test("no tensors left behind", () => expectNoLeak(backboneSteps, ...chain));
