import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { expectNoLeak } from "../shared/shared.testing";
import { lookUpTokens } from "./lookUpTokens";

const table = tf.tensor([
  [1, 2],
  [3, 4],
  [5, 6],
]);
const ids = (...n: number[]) => tf.tensor([n], undefined, "int32");

test("by hand: rows by their ids, and the gradient as often as an id occurs", () => {
  expect(lookUpTokens(ids(2, 0, 2), table)).toMatchTensor(
    tf.tensor([
      [
        [5, 6],
        [1, 2],
        [5, 6],
      ],
    ]),
  );
  const grow = tf.grad((t: tf.Tensor) => lookUpTokens(ids(2, 0, 2), t).sum());
  expect(grow(table)).toMatchTensor(
    tf.tensor([
      [1, 1],
      [0, 0],
      [2, 2],
    ]),
  );
});

test("bad ids", () => {
  expect(() => lookUpTokens(ids(3), table)).toThrow(
    "lookUpTokens: expected ids from 0 to 2, got 3",
  );
  expect(() => lookUpTokens(tf.tensor([1]), table)).toThrow(
    "lookUpTokens: expected ids of dtype int32, got float32",
  );
});

test("no tensors left behind", () => expectNoLeak(lookUpTokens, ids(1, 2), table));
