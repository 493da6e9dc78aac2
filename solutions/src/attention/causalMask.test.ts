import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { causalMask } from "./causalMask";

checkReferences("causalMask", causalMask);

test("by hand: the last two of three tokens", () => {
  expect(causalMask(2, 3)).toMatchTensor(
    tf.tensor([
      [1, 1, 0],
      [1, 1, 1],
    ]),
  );
});

test("query i of T sees S − T + i + 1 keys", () => {
  expect(causalMask(4, 9).sum(1)).toMatchTensor(tf.tensor([6, 7, 8, 9]));
});

test("more queries than keys", () => {
  expect(() => causalMask(3, 2)).toThrow(
    "causalMask: expected queries to be at most keys 2, got queries 3",
  );
});

test("no tensors left behind", () => expectNoLeak(causalMask, 3, 5));
