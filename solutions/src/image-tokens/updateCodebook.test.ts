import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { quantize } from "./quantize";
import { updateCodebook, type EmaCodebook } from "./updateCodebook";

checkReferences("updateCodebook", updateCodebook);

const start = (codebook: tf.Tensor): EmaCodebook => ({
  codebook,
  counts: tf.ones([codebook.shape[0]!]),
  sums: codebook,
});

test("by hand: one code, decay ½, two vectors", () => {
  const next = updateCodebook(
    start(tf.tensor([[0]])),
    tf.tensor([[4], [8]]),
    tf.tensor([0, 0], [2], "int32"),
    0.5,
    0,
  );
  expect(next.counts).toMatchTensor(tf.tensor([1.5]));
  expect(next.sums).toMatchTensor(tf.tensor([[6]]));
  expect(next.codebook).toMatchTensor(tf.tensor([[4]]));
});

test("repeated, it is k-means: each code ends at the mean of its vectors", () => {
  const z = tf.tensor([[1], [2], [9], [11]]);
  let state = start(tf.tensor([[0], [7]]));
  for (let i = 0; i < 100; i++) {
    state = updateCodebook(state, z, quantize(z, state.codebook).ids, 0.8);
  }
  expect(state.codebook).toMatchTensor(tf.tensor([[1.5], [10]]), 1e-4);
});

test("nothing is divided by zero, even without smoothing and without history", () => {
  const empty = { codebook: tf.ones([3, 2]), counts: tf.zeros([3]), sums: tf.zeros([3, 2]) };
  const second = tf.tensor([1], [1], "int32");
  const next = updateCodebook(empty, tf.ones([1, 2]), second, 0, 0);
  expect(next.codebook).toMatchTensor(
    tf.tensor([
      [0, 0],
      [1, 1],
      [0, 0],
    ]),
  );
  const kept = updateCodebook(empty, tf.ones([1, 2]), second, 1);
  expect(kept.codebook).toMatchTensor(tf.zeros([3, 2]));
});

test("bad input is named with its place", () => {
  const state = start(tf.ones([3, 2]));
  expect(() =>
    updateCodebook(state, tf.ones([3, 2]), tf.tensor([0, 3, 1], [3], "int32"), 0.9),
  ).toThrow(
    "updateCodebook: expected ids from 0 to 2, the codes of the codebook, " +
      "got 3 at place 1 of ids [3]",
  );
  expect(() =>
    updateCodebook(state, tf.ones([3, 2]), tf.tensor([0, 1], [2], "int32"), 0.9),
  ).toThrow("updateCodebook: expected ids [3], got [2]");
  expect(() => updateCodebook(state, tf.zeros([0, 2]), tf.zeros([0], "int32"), 0.9)).toThrow(
    "updateCodebook: expected z with at least one row, got none",
  );
  expect(() => updateCodebook(state, tf.ones([1, 2]), tf.zeros([1], "int32"), NaN)).toThrow(
    "updateCodebook: expected decay from 0 to 1, got NaN",
  );
});

test("no tensors left behind", () =>
  expectNoLeak(
    updateCodebook,
    start(tf.ones([3, 2])),
    tf.ones([4, 2]),
    tf.zeros([4], "int32"),
    0.9,
  ));
