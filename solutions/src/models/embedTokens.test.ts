import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { expectNoLeak } from "../testing";
import { embedTokens } from "./embedTokens";

const table = tf.tensor([[1, 2], [3, 4], [5, 6]]);
const ids = (...n: number[]) => tf.tensor([n], undefined, "int32");

test("by hand: rows by their ids, and the gradient as often as an id occurs", () => {
  expect(embedTokens(ids(2, 0, 2), table)).toMatchTensor(tf.tensor([[[5, 6], [1, 2], [5, 6]]]));
  const grow = tf.grad((t: tf.Tensor) => embedTokens(ids(2, 0, 2), t).sum());
  expect(grow(table)).toMatchTensor(tf.tensor([[1, 1], [0, 0], [2, 2]]));
});

test("bad ids", () => {
  expect(() => embedTokens(ids(3), table)).toThrow("embedTokens: expected ids from 0 to 2, got 3");
  expect(() => embedTokens(tf.tensor([1]), table)).toThrow("embedTokens: expected ids of dtype int32, got float32");
});

test("no tensors left behind", () => expectNoLeak(embedTokens, ids(1, 2), table));
