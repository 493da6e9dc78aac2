import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { linear } from "../blocks/linear";
import { expectNoLeak } from "../shared/shared.testing";
import { overlappingPatches } from "./overlappingPatches";
import { unpatchify } from "./unpatchify";

test("a linear layer on the windows is tfjs's convolution of width 2P and stride P", () => {
  const images = tf.randomNormal([2, 8, 12, 2], 0, 1, "float32", 1);
  const filter = tf.randomNormal([4, 4, 2, 5], 0, 1, "float32", 2);
  const windows = overlappingPatches(images, 2); // each four patches of 2 × 2, row by row
  const rows = unpatchify(windows.reshape([2 * 4 * 6, 4, 8]), 2, 4, 4).reshape([2, 4, 6, 32]);
  const none: [number, number] = [0, 0];
  const one: [number, number] = [1, 1];
  const padded = images.pad([none, one, one, none]) as tf.Tensor4D;
  const expected = tf.conv2d(padded, filter as tf.Tensor4D, 2, "valid");
  expect(linear(rows, filter.reshape([32, 5]))).toMatchTensor(expected, 1e-5);
});

test("bad patches", () => {
  expect(() => overlappingPatches(tf.ones([1, 9, 9, 1]), 3)).toThrow(
    "overlappingPatches: expected an even patch, " +
      "since windows overlap by half of it on each side, got 3",
  );
  expect(() => overlappingPatches(tf.ones([1, 9, 8, 1]), 4)).toThrow("the height 9 leaves 1");
});

test("no tensors left behind", () => expectNoLeak(overlappingPatches, tf.ones([1, 4, 4, 1]), 2));
