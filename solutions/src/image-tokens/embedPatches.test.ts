import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { embedPatches } from "./embedPatches";
import { patchify } from "./patchify";

checkReferences("embedPatches", embedPatches);

const params = (length: number, C: number, patches: number) => ({
  w: tf.ones([length, C]),
  b: tf.zeros([C]),
  cls: tf.fill([C], 5),
  positions: tf.zeros([1 + patches, C]),
});

test("by hand: the sums of four patches behind cls", () => {
  const sums = embedPatches(tf.range(0, 16).reshape([1, 4, 4, 1]), 2, params(4, 1, 4));
  expect(sums).toMatchTensor(tf.tensor([5, 10, 18, 42, 50], [1, 5, 1]));
});

test("with the unit matrix the tokens are the patches", () => {
  const images = tf.randomNormal([2, 4, 6, 2], 0, 1, "float32", 1);
  expect(
    embedPatches(images, 2, { ...params(8, 8, 6), w: tf.eye(8) }).slice([0, 1, 0]),
  ).toMatchTensor(patchify(images, 2));
});

test("bad shapes", () => {
  const x = tf.ones([1, 4, 4, 1]);
  const good = params(4, 3, 4);
  expect(() => embedPatches(x, 2, { ...good, w: tf.ones([5, 3]) })).toThrow(
    "embedPatches: expected w [4, C], got [5, 3]",
  );
  expect(() => embedPatches(x, 2, { ...good, positions: tf.ones([4, 3]) })).toThrow(
    "embedPatches: expected positions [5, 3], got [4, 3]",
  );
  expect(() => embedPatches(x, 3, good)).toThrow("the height 4 leaves 1");
});

test("no tensors left behind", () =>
  expectNoLeak(embedPatches, tf.ones([2, 4, 4, 1]), 2, params(4, 3, 4)));
