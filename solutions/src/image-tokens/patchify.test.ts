import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { patchify } from "./patchify";

checkReferences("patchify", patchify);

test("by hand: 4 × 4 pixels in four patches", () => {
  expect(patchify(tf.range(0, 16).reshape([1, 4, 4, 1]), 2)).toMatchTensor(
    tf.tensor([
      [
        [0, 1, 4, 5],
        [2, 3, 6, 7],
        [8, 9, 12, 13],
        [10, 11, 14, 15],
      ],
    ]),
  );
});

test("whole numbers stay whole numbers, and no picture gives no patches", () => {
  expect(patchify(tf.ones([1, 4, 4, 3], "int32"), 2).dtype).toBe("int32");
  expect(patchify(tf.zeros([0, 4, 4, 1]), 2).shape).toEqual([0, 4, 4]);
});

test("bad input is named with its place", () => {
  expect(() => patchify(tf.ones([2, 28, 30, 1]), 4)).toThrow(
    "patchify: expected a patch that divides height and width of images [2, 28, 30, 1], got " +
      "patch 4, and the width 30 leaves 2; crop or pad the pictures",
  );
  expect(() => patchify(tf.ones([2, 30, 28, 1]), 4)).toThrow("the height 30 leaves 2");
  expect(() => patchify(tf.ones([28, 28]), 4)).toThrow(
    "patchify: expected images of rank 4, got [28, 28]",
  );
  expect(() => patchify(tf.ones([1, 4, 4, 1]), NaN)).toThrow(
    "patchify: expected patch to be a whole number of at least 1, got NaN",
  );
});

test("no tensors left behind", () => expectNoLeak(patchify, tf.ones([2, 4, 4, 3]), 2));
