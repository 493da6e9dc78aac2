import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { linear } from "../blocks/linear";
import { expectNoLeak } from "../shared/shared.testing";
import { withNeighbors } from "./withNeighbors";

test("a linear layer on the neighbors is tfjs's convolution of width three", () => {
  const x = tf.randomNormal([2, 5, 4, 3], 0, 1, "float32", 1);
  const filter = tf.randomNormal([3, 3, 3, 2], 0, 1, "float32", 2);
  expect(linear(withNeighbors(x), filter.reshape([27, 2]))).toMatchTensor(
    tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, "same"),
    1e-5,
  );
});

test("each place is counted once for each of its neighbors, by the gradient too", () => {
  const grad = tf.grad((x: tf.Tensor) => withNeighbors(x).sum())(tf.zeros([1, 3, 3, 1]));
  expect(grad.reshape([3, 3])).toMatchTensor(
    tf.tensor([
      [4, 6, 4],
      [6, 9, 6],
      [4, 6, 4],
    ]),
  );
});

test("no tensors left behind", () => expectNoLeak(withNeighbors, tf.ones([1, 2, 2, 3])));
