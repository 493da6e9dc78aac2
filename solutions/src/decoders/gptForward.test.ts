import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { drawGpt, splitGpt } from "./gptWeights";
import { gptForward } from "./gptForward";

checkReferences("gptForward", gptForward);

const size = { layers: 2, width: 8, heads: 2, vocabulary: 7, context: 6 };
const params = splitGpt(drawGpt(size, 3), size);
const ids = (...rows: number[][]) => tf.tensor2d(rows, [rows.length, rows[0]!.length], "int32");

test("the future changes nothing", () => {
  const [a, b] = [
    [1, 2, 3, 4, 5],
    [1, 2, 3, 6, 0],
  ].map((row) => gptForward(ids(row), params, size));
  expect(a!.slice([0, 0, 0], [1, 3, 7])).toMatchTensor(b!.slice([0, 0, 0], [1, 3, 7]));
  expect(a!).not.toMatchTensor(b!, 1e-3);
});

test("by hand: without blocks, logits are the normed sum times the table", () => {
  const one = {
    tokens: tf.tensor2d([
      [1, -1],
      [2, 0],
    ]),
    positions: tf.tensor2d([
      [0, 0],
      [-1, 3],
    ]),
    blocks: [],
    norm: { gamma: tf.ones([2]), beta: tf.zeros([2]) },
  };
  // tokens 0 and 1 with their places: [1, −1] and [1, 3]; two features are normed to ±1
  expect(gptForward(ids([0, 1]), one, { heads: 1 })).toMatchTensor(
    tf.tensor3d([
      [
        [2, 2],
        [-2, -2],
      ],
    ]),
    1e-4,
  );
});

test("what is no text of the model", () => {
  expect(() => gptForward(ids([1, 7]), params, size)).toThrow(
    "gptForward: expected ids from 0 to 6, got 7",
  );
  expect(() => gptForward(ids([1, 2, 3, 4, 5, 6, 0]), params, size)).toThrow(
    "gptForward: expected a length of at most 6",
  );
  expect(() => gptForward(tf.zeros([1, 2]), params, size)).toThrow(
    "gptForward: expected ids of dtype int32, got float32",
  );
});

test("no tensors left behind", () => {
  expectNoLeak(gptForward, ids([1, 2, 3]), params, size);
});
