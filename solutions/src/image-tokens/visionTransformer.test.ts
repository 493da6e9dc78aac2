import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { visionTransformer } from "./visionTransformer";

checkReferences("visionTransformer", visionTransformer);

test("without blocks, [class] sees no patch: every picture gets the same scores", () => {
  const params = {
    w: tf.ones([4, 2]),
    b: tf.zeros([2]),
    cls: tf.tensor([1, 3]),
    positions: tf.zeros([2, 2]),
    "norm.gamma": tf.ones([2]),
    "norm.beta": tf.zeros([2]),
    "head.w": tf.eye(2),
    "head.b": tf.tensor([0, 1]),
  };
  const images = tf.randomNormal([3, 2, 2, 1], 0, 1, "float32", 1);
  const options = { patch: 2, heads: 1 };
  const { logits, attention } = visionTransformer(images, options, params);
  expect(logits).toMatchTensor(tf.tensor([-1, 2]).expandDims(0).tile([3, 1]), 1e-4);
  expect(attention).toEqual([]);
  expectNoLeak(visionTransformer, images, options, params);
  expect(() => visionTransformer(images, options, { ...params, "head.w": undefined! })).toThrow(
    "visionTransformer: expected params to hold head.w",
  );
});
