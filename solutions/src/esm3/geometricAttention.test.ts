import * as tf from "@tensorflow/tfjs-core";
import { random } from "grader";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { composeFrames } from "./composeFrames";
import { drawFrames } from "../shared/frameCases";
import { geometricAttention } from "./geometricAttention";
import type { Frames, GeometricParams } from "./types";

checkReferences("geometricAttention", geometricAttention);

const draw = (shape: number[], seed: number, deviation = 1): tf.Tensor =>
  tf.randomNormal(shape, 0, deviation, "float32", seed);
const frames = (seed: number, leading: number[]): Frames => {
  const { rotation, translation } = drawFrames(random(seed), leading);
  return {
    rotation: tf.tensor(rotation.data, rotation.shape),
    translation: tf.tensor(translation.data, translation.shape),
  };
};
const layer = (C: number, H: number): GeometricParams => ({
  norm: { gamma: tf.ones([C]), beta: tf.zeros([C]) },
  wIn: draw([C, 15 * H], 1, 0.4),
  wOut: draw([3 * H, C], 2, 0.4),
  rotationScale: draw([H], 3),
  distanceScale: draw([H], 4),
});

test("by hand: equal scores give the mean of the values", () => {
  const x = tf.tensor([1, -1, -1, 1], [1, 2, 2]); // normed: as it is, but for eps
  const params = {
    norm: { gamma: tf.ones([2]), beta: tf.zeros([2]) },
    wIn: tf.concat(
      [
        tf.zeros([2, 6]),
        tf.tensor([
          [1, 0, 0],
          [0, 2, 0],
        ]),
        tf.zeros([2, 6]),
      ],
      1,
    ),
    wOut: tf.eye(3, 2) as tf.Tensor,
    rotationScale: tf.zeros([1]),
    distanceScale: tf.fill([1], -100),
  };
  const quarter = tf.tensor([
    [0, -1, 0],
    [1, 0, 0],
    [0, 0, 1],
  ]);
  const both = {
    rotation: tf.stack([tf.eye(3), quarter]).expandDims(0),
    translation: tf.tensor([
      [
        [0, 0, 0],
        [9, 9, 9],
      ],
    ]),
  };
  // values: (1, −2, 0) as it is; (−1, 2, 0) turned to (−2, −1, 0); mean (−0.5, −1.5, 0), for the
  // second residue turned back: (−1.5, 0.5, 0)
  expect(geometricAttention(x, both, params, { heads: 1 })).toMatchTensor(
    tf.tensor([-0.5, -1.5, -1.5, 0.5], [1, 2, 2]),
    1e-4,
  );
});

test("turning and moving the protein changes nothing", () => {
  const x = draw([2, 6, 8], 5);
  const own = frames(6, [2, 6]);
  const params = layer(8, 3);
  const moved = composeFrames(frames(7, []), own);
  expect(geometricAttention(x, moved, params, { heads: 3 })).toMatchTensor(
    geometricAttention(x, own, params, { heads: 3 }),
    1e-4,
  );
});

test("a residue without a frame is not read, whatever its frame holds", () => {
  const x = draw([1, 4, 6], 8);
  const own = frames(9, [1, 4]);
  const params = layer(6, 2);
  const mask = tf.tensor([[1, 1, 1, 0]]);
  const first = {
    rotation: own.rotation.slice([0, 0, 0, 0], [1, 3, 3, 3]),
    translation: own.translation.slice([0, 0, 0], [1, 3, 3]),
  };
  const seen = geometricAttention(x, own, params, { heads: 2, mask });
  const alone = geometricAttention(x.slice([0, 0, 0], [1, 3, 6]), first, params, { heads: 2 });
  expect(seen.slice([0, 0, 0], [1, 3, 6])).toMatchTensor(alone, 1e-5);
  expect(seen.slice([0, 3, 0], [1, 1, 6])).toMatchTensor(tf.zeros([1, 1, 6]), 0);
});

test("gradients are finite where query and key points coincide", () => {
  const params = { ...layer(4, 1), wIn: tf.zeros([4, 15]) };
  const grad = tf.grad((x: tf.Tensor) =>
    geometricAttention(
      x,
      { rotation: tf.eye(3).expandDims(0).expandDims(0), translation: tf.zeros([1, 1, 3]) },
      params,
      { heads: 1 },
    ).sum(),
  )(tf.ones([1, 1, 4]));
  expect(grad).toMatchTensor(tf.zeros([1, 1, 4]));
});

test("bad input", () => {
  const x = draw([1, 4, 6], 8);
  const own = frames(9, [1, 4]);
  const params = layer(6, 2);
  expect(() => geometricAttention(x, frames(9, [1, 3]), params, { heads: 2 })).toThrow(
    "geometricAttention: expected frames.translation [1, 4, 3], got [1, 3, 3]",
  );
  expect(() => geometricAttention(x, own, params, { heads: 0 })).toThrow(
    "heads to be a whole number",
  );
  expect(() =>
    geometricAttention(x, own, { ...params, wOut: tf.ones([5, 6]) }, { heads: 2 }),
  ).toThrow("expected wOut [6, 6], got [5, 6]");
  expect(() => geometricAttention(x, own, params, { heads: 2, mask: tf.ones([4]) })).toThrow(
    "expected mask [1, 4], got [4]",
  );
});

test("no tensors left behind", () =>
  expectNoLeak(geometricAttention, draw([1, 4, 6], 8), frames(9, [1, 4]), layer(6, 2), {
    heads: 2,
    mask: tf.ones([1, 4]),
  }));
