import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { expectNoLeak } from "../shared/shared.testing";
import { reviveCodes } from "./reviveCodes";

const state = {
  codebook: tf.tensor([[1], [2], [3]]),
  counts: tf.tensor([100, 0.1, 49.9]),
  sums: tf.tensor([[100], [0.2], [149.7]]),
};

test("only the dead code moves, and starts with the mean count", () => {
  const next = reviveCodes(state, tf.tensor([[7], [8], [9]]));
  expect(next.codebook).toMatchTensor(tf.tensor([[1], [8], [3]]));
  expect(next.counts).toMatchTensor(tf.tensor([100, 50, 49.9]));
  expect(next.sums).toMatchTensor(tf.tensor([[100], [400], [149.7]]));
});

test("bad shapes", () =>
  expect(() => reviveCodes(state, tf.ones([2, 1]))).toThrow(
    "reviveCodes: expected candidates [3, 1], got [2, 1]",
  ));

test("no tensors left behind", () => expectNoLeak(reviveCodes, state, tf.ones([3, 1])));
