import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { oneHot } from "./oneHot";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";

checkReferences("oneHot", oneHot);

const ids = (...values: number[]) => tf.tensor(values, [values.length], "int32");

test("by hand: 2 and 0 of three classes", () => {
  const rows = tf.tensor([
    [0, 0, 1],
    [1, 0, 0],
  ]);
  expect(oneHot(ids(2, 0), 3)).toMatchTensor(rows);
});

test("times a table, it looks rows up", () => {
  const table = tf.randomNormal([5, 3], 0, 1, "float32", 1);
  expect(oneHot(ids(4, 1, 4), 5).matMul(table)).toMatchTensor(table.gather(ids(4, 1, 4)));
});

test("a constant where its ids come from what is differentiated", () => {
  const x = tf.randomNormal([4, 5], 0, 1, "float32", 8);
  const largest = (y: tf.Tensor) => y.mul(oneHot(y.argMax(-1), 5)).sum();
  expect(tf.grad(largest)(x)).toMatchTensor(oneHot(x.argMax(-1), 5));
});

test("bad arguments", () => {
  expect(() => oneHot(ids(0, 3), 3)).toThrow("oneHot: expected ids from 0 to 2, got 3 in ids [2]");
  expect(() => oneHot(ids(-1), 3)).toThrow("oneHot: expected ids from 0 to 2, got -1");
  expect(() => oneHot(tf.tensor([0]), 3)).toThrow(
    "oneHot: expected ids of dtype int32, got float32",
  );
  expect(() => oneHot(ids(0), 0)).toThrow(
    "oneHot: expected depth to be a whole number of at least 1, got 0",
  );
  expect(() => oneHot(ids(0), NaN)).toThrow("oneHot: expected depth");
});

test("no tensors left behind", () => expectNoLeak(oneHot, ids(0, 1), 2));
