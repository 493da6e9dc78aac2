import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { transition } from "./transition";

checkReferences("transition", transition);

const norm = { gamma: tf.ones([2]), beta: tf.zeros([2]) };

test("by hand: of (1, −1) ReLU leaves the first", () => {
  expect(transition(tf.tensor([7, 3]), { norm, w1: tf.eye(2), w2: tf.eye(2) })).toMatchTensor(
    tf.tensor([1, 0]),
    1e-4,
  );
});

test("each vector by itself: shuffled pairs give shuffled outputs", () => {
  const z = tf.randomNormal([1, 3, 3, 2], 0, 1, "float32", 1);
  const params = {
    norm,
    gate: tf.randomNormal([2, 4], 0, 1, "float32", 2),
    up: tf.randomNormal([2, 4], 0, 1, "float32", 3),
    down: tf.randomNormal([4, 2], 0, 1, "float32", 4),
  };
  expect(transition(z.reverse([1, 2]), params).reverse([1, 2])).toMatchTensor(
    transition(z, params),
    1e-5,
  );
});

test("bad input", () =>
  expect(() => transition(tf.ones([3]), { norm, w1: tf.eye(3), w2: tf.eye(3) })).toThrow(
    "transition: expected norm.gamma [3], got [2]",
  ));

test("no tensors left behind", () =>
  expectNoLeak(transition, tf.ones([3, 2]), { norm, w1: tf.eye(2), w2: tf.eye(2) }));
