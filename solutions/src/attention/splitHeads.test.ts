import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { splitHeads } from "./splitHeads";

checkReferences("splitHeads", splitHeads);

test("by hand: two tokens of two heads", () => {
  expect(
    splitHeads(
      tf.tensor([
        [
          [1, 2, 3, 4],
          [5, 6, 7, 8],
        ],
      ]),
      2,
    ),
  ).toMatchTensor(
    tf.tensor([
      [
        [
          [1, 2],
          [5, 6],
        ],
        [
          [3, 4],
          [7, 8],
        ],
      ],
    ]),
  );
});

test("heads that do not divide", () => {
  expect(() => splitHeads(tf.ones([1, 2, 4]), 3)).toThrow(
    "splitHeads: expected heads to divide the width 4, got 3",
  );
  expect(() => splitHeads(tf.ones([1, 2, 4]), 1.5)).toThrow("heads");
});

test("no tensors left behind", () => expectNoLeak(splitHeads, tf.ones([1, 2, 4]), 2));
