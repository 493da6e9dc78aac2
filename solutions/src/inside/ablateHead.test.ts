import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { ablateHead } from "./ablateHead";

checkReferences("ablateHead", ablateHead);

test("by hand: two texts of one place", () => {
  const z = tf.tensor4d([1, 2, 3, 4], [2, 2, 1, 1]); // head 0 has read 1 and 3
  expect(ablateHead(z, 0)).toMatchTensor(tf.tensor4d([0, 2, 0, 4], [2, 2, 1, 1]));
  expect(ablateHead(z, 0, "mean")).toMatchTensor(tf.tensor4d([2, 2, 2, 4], [2, 2, 1, 1]));
});

test("taking out a mean twice changes nothing more", () => {
  const z = tf.randomNormal([2, 3, 4, 5], 0, 1, "float32", 4);
  const once = ablateHead(z, 1, "mean");
  expect(ablateHead(once, 1, "mean")).toMatchTensor(once);
});

test("what doesn't fit", () => {
  const z = tf.zeros([1, 2, 3, 4]);
  expect(() => ablateHead(z, 2)).toThrow(
    "ablateHead: expected head to be a whole number below 2, got 2",
  );
  expect(() => ablateHead(z, 0, "median" as "mean")).toThrow(
    'ablateHead: expected by to be "zero" or "mean", got "median"',
  );
});

test("no tensors left behind", () => {
  expectNoLeak(ablateHead, tf.ones([1, 2, 3, 4]), 1, "zero");
  expectNoLeak(ablateHead, tf.ones([1, 2, 3, 4]), 1, "mean");
});
