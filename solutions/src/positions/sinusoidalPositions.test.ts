import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { sinusoidalPositions } from "./sinusoidalPositions";

checkReferences("sinusoidalPositions", sinusoidalPositions);

test("by hand: one wave of one radian a place", () => {
  expect(sinusoidalPositions(2, 2)).toMatchTensor(
    tf.tensor([
      [0, 1],
      [Math.sin(1), Math.cos(1)],
    ]),
  );
});

test("products of two places depend on their distance only, also far out", () => {
  const table = sinusoidalPositions(100_000, 8);
  const row = (t: number) => table.slice([t, 0], [1, 8]);
  expect(row(3).mul(row(8)).sum()).toMatchTensor(row(99_003).mul(row(99_008)).sum(), 1e-5);
});

test("bad numbers", () => {
  expect(() => sinusoidalPositions(4, 7)).toThrow(
    "sinusoidalPositions: expected an even width of at least 2, got 7",
  );
  expect(() => sinusoidalPositions(-1, 4)).toThrow("length");
});

test("no tensors left behind", () => expectNoLeak(sinusoidalPositions, 3, 4));
