import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { applyFrames } from "./applyFrames";

checkReferences("applyFrames", applyFrames);

const quarter = {
  rotation: tf.tensor([
    [0, -1, 0],
    [1, 0, 0],
    [0, 0, 1],
  ]),
  translation: tf.tensor([10, 0, 0]),
};

test("by hand: x becomes y, then ten along x", () => {
  expect(
    applyFrames(
      quarter,
      tf.tensor([
        [1, 0, 0],
        [0, 2, 5],
      ]),
    ),
  ).toMatchTensor(
    tf.tensor([
      [10, 1, 0],
      [8, 0, 5],
    ]),
  );
});

test("distances stay", () => {
  const p = tf.randomNormal([7, 3], 0, 1, "float32", 1);
  const moved = applyFrames(quarter, p);
  const apart = (x: tf.Tensor) => x.expandDims(0).sub(x.expandDims(1)).norm("euclidean", -1);
  expect(apart(moved)).toMatchTensor(apart(p), 1e-5);
});

test("bad input", () => {
  const frames = { rotation: tf.ones([4, 3, 3]), translation: tf.ones([4, 3]) };
  expect(() => applyFrames(frames, tf.ones([4, 2]))).toThrow(
    "applyFrames: expected points [..., 3], got [4, 2]",
  );
  expect(() => applyFrames(frames, tf.ones([5, 3]))).toThrow(
    "applyFrames: expected the leading axes of points to broadcast with [4], got [5]",
  );
  expect(() => applyFrames({ ...frames, rotation: tf.ones([4, 3, 2]) }, tf.ones([4, 3]))).toThrow(
    "frames.rotation [..., 3, 3]",
  );
  expect(() => applyFrames({ ...frames, translation: tf.ones([3]) }, tf.ones([4, 3]))).toThrow(
    "expected frames.translation [4, 3], got [3]",
  );
  expect(() => applyFrames(frames, tf.ones([4, 3], "int32"))).toThrow(
    "expected points of dtype float32, got int32",
  );
});

test("no tensors left behind", () => expectNoLeak(applyFrames, quarter, tf.ones([5, 3])));
