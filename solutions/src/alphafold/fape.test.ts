import * as tf from "@tensorflow/tfjs-core";
import { random } from "grader";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { applyFrames } from "../esm3/applyFrames";
import { composeFrames } from "../esm3/composeFrames";
import { drawFrames } from "../shared/frameCases";
import { tensorsOf } from "./pairCases";
import { fape } from "./fape";
import type { Frames } from "../esm3/types";

checkReferences("fape", fape);

const frames = (seed: number, leading: number[]) =>
  tensorsOf<Frames>(drawFrames(random(seed), leading));

test("by hand: one atom 3 Å off, and one 40 Å off, which counts as 10", () => {
  const one = { rotation: tf.eye(3).expandDims(0), translation: tf.zeros([1, 3]) };
  expect(
    fape(
      one,
      tf.tensor([
        [3, 0, 0],
        [0, 40, 0],
      ]),
      one,
      tf.zeros([2, 3]),
    ),
  ).toMatchTensor(tf.scalar(0.65), 1e-5);
});

test("moving the whole prediction changes nothing", () => {
  const truth = frames(1, [4]);
  const predicted = frames(2, [4]);
  const whole = frames(3, []);
  const error = (f: Frames) => fape(f, f.translation, truth, truth.translation);
  expect(error(composeFrames(whole, predicted))).toMatchTensor(error(predicted), 1e-5);
  expect(applyFrames(whole, predicted.translation)).toMatchTensor(
    composeFrames(whole, predicted).translation,
    1e-5,
  );
});

test("bad input", () => {
  expect(() => fape(frames(1, [3]), tf.ones([3, 3]), frames(2, [4]), tf.ones([3, 3]))).toThrow(
    "fape: expected predicted.translation [4, 3], got [3, 3]",
  );
  expect(() => fape(frames(1, [3]), tf.ones([5, 3]), frames(2, [3]), tf.ones([4, 3]))).toThrow(
    "fape: expected points [4, 3], got [5, 3]",
  );
});

test("no tensors left behind", () =>
  expectNoLeak(fape, frames(1, [3]), tf.ones([4, 3]), frames(2, [3]), tf.zeros([4, 3])));
