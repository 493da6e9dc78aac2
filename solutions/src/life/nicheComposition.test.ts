import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { nicheComposition } from "./nicheComposition";

checkReferences("nicheComposition", nicheComposition);

const ids = (values: number[] | number[][]) => tf.tensor(values, undefined, "int32");

test("by hand: of the first cell's neighbors one has type 0 and three have type 2", () => {
  const neighbours = ids([
    [0, 1, 2, 3],
    [1, 1, 1, 1],
    [2, 0, 2, 0],
    [3, 3, 0, 3],
  ]);
  const shares = tf.tensor2d([
    [0.25, 0, 0.75],
    [0, 0, 1],
    [0.5, 0, 0.5],
    [0.25, 0, 0.75],
  ]);
  expect(nicheComposition(ids([0, 2, 2, 2]), neighbours, 3)).toMatchTensor(shares);
});

test("rows sum to one", () => {
  const shares = nicheComposition(
    tf.randomUniform([30], 0, 5, "int32", 1),
    tf.randomUniform([30, 7], 0, 30, "int32", 2),
    5,
  );
  expect(shares.sum(1)).toMatchTensor(tf.ones([30]));
});

test("bad arguments", () => {
  const types = ids([0, 1]);
  const neighbours = ids([
    [0, 1],
    [1, 0],
  ]);
  expect(() => nicheComposition(ids([0, 3]), neighbours, 3)).toThrow(
    "nicheComposition: expected types from 0 to 2, got 3 for cell 1",
  );
  const outside = tf.tensor([0, 1, 2, 0], [2, 2], "int32");
  expect(() => nicheComposition(types, outside, 3)).toThrow(
    "nicheComposition: expected neighbours from 0 to 1, got 2 for cell 1",
  );
  expect(() => nicheComposition(types, ids([[0, 1]]), 3)).toThrow(
    "expected neighbours of 2 cells as in types, got 1",
  );
  expect(() => nicheComposition(types, tf.zeros([2, 0], "int32"), 3)).toThrow(
    "expected neighbours with at least one cell each",
  );
  expect(() => nicheComposition(types.cast("float32"), neighbours, 3)).toThrow(
    "expected types of dtype int32",
  );
  expect(() => nicheComposition(types, neighbours, 1.5)).toThrow("expected kinds");
});

test("no tensors left behind", () =>
  expectNoLeak(nicheComposition, ids([0, 1]), ids([[0], [1]]), 2));
