import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { causalMask } from "../attention/causalMask";
import { slidingWindowMask } from "./slidingWindowMask";

checkReferences("slidingWindowMask", slidingWindowMask);

test("by hand: three tokens, window two", () => {
  expect(slidingWindowMask(3, 2)).toMatchTensor(
    tf.tensor([
      [1, 1, 0],
      [1, 1, 1],
      [0, 1, 1],
    ]),
  );
  expect(slidingWindowMask(3, 2, { causal: true })).toMatchTensor(
    tf.tensor([
      [1, 0, 0],
      [1, 1, 0],
      [0, 1, 1],
    ]),
  );
});

test("a window as long as the text hides nothing but the future", () => {
  expect(slidingWindowMask(6, 6)).toMatchTensor(tf.ones([6, 6]));
  expect(slidingWindowMask(6, 6, { causal: true })).toMatchTensor(causalMask(6));
});

test("no window", () =>
  expect(() => slidingWindowMask(3, 0)).toThrow(
    "slidingWindowMask: expected window to be a whole number of at least 1, got 0",
  ));

test("no tensors left behind", () => expectNoLeak(slidingWindowMask, 4, 2, { causal: true }));
