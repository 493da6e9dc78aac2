import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { patchify } from "./patchify";
import { unpatchify } from "./unpatchify";

checkReferences("unpatchify", unpatchify);

test("it undoes patchify, and patchify undoes it", () => {
  for (const [B, H, W, C, P] of [
    [2, 28, 28, 1, 7],
    [1, 12, 18, 3, 6],
    [3, 4, 6, 2, 1],
    [1, 5, 5, 1, 5],
  ] as const) {
    const images = tf.randomNormal([B, H, W, C], 0, 1, "float32", 1);
    const patches = patchify(images, P);
    expect(unpatchify(patches, P, H, W)).toMatchTensor(images, 0);
    expect(patchify(unpatchify(patches, P, H, W), P)).toMatchTensor(patches, 0);
  }
  expect(unpatchify(tf.zeros([0, 4, 12]), 2, 4, 4).shape).toEqual([0, 4, 4, 3]);
});

test("bad input is named with its place", () => {
  expect(() => unpatchify(tf.ones([1, 49, 16]), 4, 28, 30)).toThrow(
    "unpatchify: expected a patch that divides height and width of 28 × 30, got patch 4, and " +
      "the width 30 leaves 2",
  );
  expect(() => unpatchify(tf.ones([1, 48, 16]), 4, 28, 28)).toThrow(
    "unpatchify: expected patches [B, 49, P·P·C], got [1, 48, 16]",
  );
  expect(() => unpatchify(tf.ones([1, 49, 17]), 4, 28, 28)).toThrow(
    "unpatchify: expected patches whose length is a multiple of 4·4, got [1, 49, 17]",
  );
});

test("no tensors left behind", () => expectNoLeak(unpatchify, tf.ones([2, 4, 12]), 2, 4, 4));
