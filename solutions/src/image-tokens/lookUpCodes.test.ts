import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { expectNoLeak } from "../shared/shared.testing";
import { lookUpCodes } from "./lookUpCodes";

const codebook = tf.tensor([
  [1, 2],
  [3, 4],
  [5, 6],
]);
const ids = tf.tensor(
  [
    [2, 0],
    [2, 2],
  ],
  [2, 2],
  "int32",
);

test("rows by their ids; a row's gradient is the sum over its readers", () => {
  expect(lookUpCodes(codebook, ids)).toMatchTensor(
    tf.tensor([
      [
        [5, 6],
        [1, 2],
      ],
      [
        [5, 6],
        [5, 6],
      ],
    ]),
  );
  expect(tf.grad((e: tf.Tensor) => lookUpCodes(e, ids).sum())(codebook)).toMatchTensor(
    tf.tensor([
      [1, 1],
      [0, 0],
      [3, 3],
    ]),
  );
});

test("ids made inside the differentiated function live as long as the gradient needs them", () => {
  const grad = tf.grad((e: tf.Tensor) => lookUpCodes(e, e.argMax(0)).mul(2).sum())(codebook);
  expect(grad).toMatchTensor(
    tf.tensor([
      [0, 0],
      [0, 0],
      [4, 4],
    ]),
  );
});

test("an id outside the codebook is named with its place", () => {
  expect(() => lookUpCodes(codebook, tf.tensor([0, 1, 3], [3], "int32"))).toThrow(
    "lookUpCodes: expected ids from 0 to 2, the codes of the codebook, got 3 at place 2 of ids [3]",
  );
});

test("no tensors left behind", () => expectNoLeak(lookUpCodes, codebook, ids));
