import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { sampleToken } from "./sampleToken";

checkReferences("sampleToken", sampleToken);

test("drawn often, tokens come as often as they are probable", () => {
  const p = [0.1, 0, 0.6, 0.3];
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < 1000; i++) {
    counts[sampleToken(tf.tensor1d(p), (i + 0.5) / 1000).dataSync()[0]!]! += 1;
  }
  expect(counts).toEqual([100, 0, 600, 300]);
});

test("uniform outside its range", () => {
  expect(() => sampleToken(tf.tensor1d([1]), 1)).toThrow(
    "sampleToken: expected uniform from 0 to below 1, got 1",
  );
  expect(() => sampleToken(tf.tensor1d([1]), NaN)).toThrow("got NaN");
});

test("no tensors left behind", () => {
  expectNoLeak(sampleToken, tf.tensor1d([0.5, 0.5]), 0.7);
});
