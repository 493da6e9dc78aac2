import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { applyFrames } from "./applyFrames";
import { framesFromBackbone } from "./framesFromBackbone";
import { invertFrames } from "./invertFrames";

checkReferences("framesFromBackbone", framesFromBackbone);

const draw = (seed: number) => tf.randomNormal([6, 3], 0, 2, "float32", seed) as tf.Tensor;

test("by hand: C along x and N along y give the axes as they are", () => {
  const { rotation, translation } = framesFromBackbone(
    tf.tensor([[1, 7, 3]]),
    tf.tensor([[1, 2, 3]]),
    tf.tensor([[4, 2, 3]]),
  );
  expect(rotation).toMatchTensor(tf.eye(3).expandDims(0));
  expect(translation).toMatchTensor(tf.tensor([[1, 2, 3]]));
});

test(
  "rotations keep lengths and handedness, and seen from its frame CA is 0, C lies on x, N in " +
    "the xy-plane",
  () => {
    const [n, ca, c] = [draw(1), draw(2), draw(3)];
    const frames = framesFromBackbone(n, ca, c);
    const { rotation } = frames;
    expect(rotation.matMul(rotation, true, false)).toMatchTensor(
      tf.eye(3).expandDims(0).tile([6, 1, 1]),
      1e-5,
    );
    const [e1, e2, e3] = tf.unstack(rotation, 2) as [tf.Tensor, tf.Tensor, tf.Tensor];
    expect(e1.mul(e2).sum(-1)).toMatchTensor(tf.zeros([6]), 1e-5);
    expect(e3.square().sum(-1)).toMatchTensor(tf.ones([6]), 1e-5);
    const back = invertFrames(frames);
    const local = (x: tf.Tensor) => applyFrames(back, x);
    expect(local(ca)).toMatchTensor(tf.zeros([6, 3]), 1e-5);
    expect(local(c).slice([0, 1], [6, 2])).toMatchTensor(tf.zeros([6, 2]), 1e-5);
    expect(local(n).slice([0, 2], [6, 1])).toMatchTensor(tf.zeros([6, 1]), 1e-5);
  },
);

test("bad input", () => {
  const x = tf.tensor([
    [0, 0, 0],
    [1, 1, 1],
  ]);
  expect(() => framesFromBackbone(draw(1), draw(2), tf.ones([5, 3]))).toThrow(
    "framesFromBackbone: expected c [6, 3], got [5, 3]",
  );
  expect(() => framesFromBackbone(tf.ones([2, 2]), x, x)).toThrow(
    "framesFromBackbone: expected n [..., 3], got [2, 2]",
  );
  expect(() =>
    framesFromBackbone(
      tf.tensor([
        [1, 0, 0],
        [3, 3, 3],
      ]),
      x,
      tf.tensor([
        [0, 1, 0],
        [2, 2, 2],
      ]),
    ),
  ).toThrow("on one line at residue 1");
  expect(() => framesFromBackbone(x, x, x)).toThrow("on one line at residue 0");
});

test("no tensors left behind", () => expectNoLeak(framesFromBackbone, draw(1), draw(2), draw(3)));
