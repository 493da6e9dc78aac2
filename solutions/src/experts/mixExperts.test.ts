import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { feedForward } from "../blocks/feedForward";
import { geluTanh } from "../blocks/geluTanh";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { mixExperts } from "./mixExperts";

checkReferences("mixExperts", mixExperts);

const x = tf.randomNormal([5, 3], 0, 1, "float32", 1);
const params = {
  w1: tf.randomNormal([2, 3, 4], 0, 1, "float32", 2),
  b1: tf.zeros([2, 4]),
  w2: tf.randomNormal([2, 4, 3], 0, 1, "float32", 3),
  b2: tf.zeros([2, 3]),
};

test("one expert with gates of 1 is a dense layer", () => {
  const row = (w: tf.Tensor, e: number) => w.gather([e]).squeeze([0]);
  const first = {
    w1: params.w1.slice([0], [1]),
    b1: params.b1.slice([0], [1]),
    w2: params.w2.slice([0], [1]),
    b2: params.b2.slice([0], [1]),
  };
  const dense = feedForward(x, { w1: row(params.w1, 0), w2: row(params.w2, 0) }, geluTanh);
  const mixed = mixExperts(x, tf.ones([5, 1]), first, [[0, 1, 2, 3, 4]]);
  expect(mixed).toMatchTensor(dense, 1e-5);
});

test("twice the gate is twice the answer", () => {
  const tokens = [
    [0, 3],
    [1, 2, 4],
  ];
  const gates = tf.ones([5, 2]);
  const once = mixExperts(x, gates, params, tokens);
  expect(mixExperts(x, gates.mul(2), params, tokens)).toMatchTensor(once.mul(2), 1e-5);
});

test("what doesn't fit", () => {
  expect(() => mixExperts(x, tf.ones([5, 2]), params, [[0], [5]])).toThrow(
    "mixExperts: expected tokens from 0 to 4, got 5",
  );
});

test("no tensors left behind", () =>
  expectNoLeak(mixExperts, x, tf.ones([5, 2]), params, [[0, 1], [2]]));
