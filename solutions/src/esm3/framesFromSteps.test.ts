import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { applyFrames } from "./applyFrames";
import { backboneSteps } from "./backboneSteps";
import { composeFrames } from "./composeFrames";
import { framesFromBackbone } from "./framesFromBackbone";
import { framesFromSteps } from "./framesFromSteps";

checkReferences("framesFromSteps", framesFromSteps);

test(
  "by hand: four along x and a quarter turn, three times, is a walk along three sides of a " +
    "square",
  () => {
    // N behind CA along x, C to the left: x now points along y
    const step = [3, 0, 0, 4, 0, 0, 4, 1.5, 0];
    const { translation } = framesFromSteps(tf.tensor([step, step, step]));
    expect(translation).toMatchTensor(
      tf.tensor([
        [0, 0, 0],
        [4, 0, 0],
        [4, 4, 0],
        [0, 4, 0],
      ]),
      1e-5,
    );
  },
);

test("steps of a chain give the chain again, up to where it lies", () => {
  const [n, ca, c] = [1, 2, 3].map((seed) => tf.randomNormal([6, 3], 0, 2, "float32", seed)) as [
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
  ];
  const own = framesFromBackbone(n, ca, c);
  const again = framesFromSteps(backboneSteps(n, ca, c));
  const start = {
    rotation: own.rotation.slice([0, 0, 0], [1, 3, 3]),
    translation: own.translation.slice([0, 0], [1, 3]),
  };
  const placed = composeFrames(start, again);
  expect(placed.translation).toMatchTensor(ca, 1e-4);
  expect(placed.rotation).toMatchTensor(own.rotation, 1e-4);
  expect(applyFrames(again, tf.zeros([3]))).toMatchTensor(again.translation, 1e-6);
});

test("bad input", () => {
  expect(() => framesFromSteps(tf.ones([4, 6]))).toThrow(
    "framesFromSteps: expected steps [L − 1, 9], got [4, 6]",
  );
  expect(() => framesFromSteps(tf.ones([4, 9]))).toThrow("on one line");
});

test("no tensors left behind", () =>
  expectNoLeak(framesFromSteps, tf.randomNormal([4, 9], 0, 1, "float32", 1)));
