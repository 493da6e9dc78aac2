import * as tf from "@tensorflow/tfjs-core";
import { random } from "grader";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { applyFrames } from "./applyFrames";
import { composeFrames } from "./composeFrames";
import { drawFrames } from "../shared/frameCases";
import { invertFrames } from "./invertFrames";
import type { Frames } from "./types";

checkReferences("composeFrames", composeFrames);

function draw(seed: number, leading: number[]): Frames {
  const { rotation, translation } = drawFrames(random(seed), leading);
  return {
    rotation: tf.tensor(rotation.data, rotation.shape),
    translation: tf.tensor(translation.data, translation.shape),
  };
}

test("by hand: five along x, then a quarter turn, ends five along y", () => {
  const turn = {
    rotation: tf.tensor([
      [0, -1, 0],
      [1, 0, 0],
      [0, 0, 1],
    ]),
    translation: tf.zeros([3]),
  };
  const { rotation, translation } = composeFrames(turn, {
    rotation: tf.eye(3),
    translation: tf.tensor([5, 0, 0]),
  });
  expect(rotation).toMatchTensor(turn.rotation);
  expect(translation).toMatchTensor(tf.tensor([0, 5, 0]));
});

test("the composition applies b, then a; a frame and its inverse make the identity", () => {
  const a = draw(1, [4]);
  const b = draw(2, [4]);
  const p = tf.randomNormal([4, 3], 0, 1, "float32", 3);
  expect(applyFrames(composeFrames(a, b), p)).toMatchTensor(
    applyFrames(a, applyFrames(b, p)),
    1e-5,
  );
  const nothing = composeFrames(a, invertFrames(a));
  expect(nothing.rotation).toMatchTensor(tf.eye(3).expandDims(0).tile([4, 1, 1]), 1e-5);
  expect(nothing.translation).toMatchTensor(tf.zeros([4, 3]), 1e-5);
});

test("bad input", () => {
  expect(() => composeFrames(draw(1, [3]), draw(2, [2]))).toThrow(
    "composeFrames: expected the leading axes of b to broadcast with [3], got [2]",
  );
  expect(() =>
    composeFrames(draw(1, [3]), { rotation: tf.ones([3, 3]), translation: tf.ones([2]) }),
  ).toThrow("composeFrames: expected b.translation [3], got [2]");
});

test("no tensors left behind", () => expectNoLeak(composeFrames, draw(1, [3, 1]), draw(2, [2])));
