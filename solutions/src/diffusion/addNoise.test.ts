import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { addNoise } from "./addNoise";

checkReferences("addNoise", addNoise);

test("by hand: half of the way on each path", () => {
  const [x, noise, half] = [tf.tensor2d([[4]]), tf.tensor2d([[2]]), tf.tensor1d([0.5])];
  expect(addNoise(x, noise, half)).toMatchTensor(tf.tensor2d([[5]]));
  expect(addNoise(x, noise, half, "flow")).toMatchTensor(tf.tensor2d([[3]]));
  expect(addNoise(x, noise, half, "cosine")).toMatchTensor(tf.tensor2d([[6 * Math.SQRT1_2]]));
});

test("on the path cosine, data of variance 1 keeps it", () => {
  const draw = (seed: number) => tf.randomNormal([4, 5000], 0, 1, "float32", seed);
  const z = addNoise(draw(1), draw(2), tf.tensor1d([0, 0.3, 0.7, 1]), "cosine");
  expect(tf.moments(z, 1).variance).toMatchTensor(tf.ones([4]), 0.06);
});

test("what doesn't fit", () => {
  const x = tf.zeros([2, 3]);
  expect(() => addNoise(x, x, tf.tensor1d([0.5, 2]), "flow")).toThrow(
    "addNoise: expected time to be from 0 to 1, got 2",
  );
});

test("no tensors left behind", () =>
  expectNoLeak(addNoise, tf.ones([2, 3]), tf.ones([2, 3]), tf.ones([2]), "cosine"));
