import * as tf from "@tensorflow/tfjs-core";
import { random } from "grader";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { applyFrames } from "./applyFrames";
import { drawFrames } from "../shared/frameCases";
import { invertFrames } from "./invertFrames";

checkReferences("invertFrames", invertFrames);

const drawn = drawFrames(random(1), [4]);
const frames = {
  rotation: tf.tensor(drawn.rotation.data, drawn.rotation.shape),
  translation: tf.tensor(drawn.translation.data, drawn.translation.shape),
};

test("by hand: the quarter turn undone", () => {
  const { rotation, translation } = invertFrames({
    rotation: tf.tensor([
      [0, -1, 0],
      [1, 0, 0],
      [0, 0, 1],
    ]),
    translation: tf.tensor([10, 0, 5]),
  });
  expect(rotation).toMatchTensor(
    tf.tensor([
      [0, 1, 0],
      [-1, 0, 0],
      [0, 0, 1],
    ]),
  );
  expect(translation).toMatchTensor(tf.tensor([0, 10, -5]));
});

test("there and back again, and twice inverted is as before", () => {
  const p = tf.randomNormal([4, 3], 0, 1, "float32", 2);
  const inverse = invertFrames(frames);
  const again = invertFrames(inverse);
  expect(applyFrames(inverse, applyFrames(frames, p))).toMatchTensor(p, 1e-5);
  expect(again.rotation).toMatchTensor(frames.rotation, 0);
  expect(again.translation).toMatchTensor(frames.translation, 1e-5);
});

test("bad input", () => {
  expect(() => invertFrames({ rotation: tf.ones([3]), translation: tf.ones([3]) })).toThrow(
    "invertFrames: expected frames.rotation [..., 3, 3], got [3]",
  );
  expect(() => invertFrames({ rotation: tf.ones([3, 3]), translation: tf.ones([2, 3]) })).toThrow(
    "invertFrames: expected frames.translation [3], got [2, 3]",
  );
});

test("no tensors left behind", () => expectNoLeak(invertFrames, frames));
