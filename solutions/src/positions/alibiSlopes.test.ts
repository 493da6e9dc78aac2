import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { alibiSlopes } from "./alibiSlopes";

checkReferences("alibiSlopes", alibiSlopes);

test("by hand: eight heads halve from ½, twelve add those between", () => {
  const eight = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => 2 ** -n);
  expect(alibiSlopes(8)).toMatchTensor(tf.tensor(eight));
  expect(alibiSlopes(12)).toMatchTensor(
    tf.tensor([...eight, 2 ** -0.5, 2 ** -1.5, 2 ** -2.5, 2 ** -3.5]),
  );
});

test("every head has a slope of its own, between 0 and 1", () => {
  for (const heads of [1, 9, 20, 33]) {
    const slopes = Array.from(alibiSlopes(heads).dataSync());
    expect(new Set(slopes).size).toBe(heads);
    expect(slopes.every((s) => s > 0 && s < 1)).toBe(true);
  }
});

test("no heads", () =>
  expect(() => alibiSlopes(0)).toThrow(
    "alibiSlopes: expected heads to be a whole number of at least 1, got 0",
  ));

test("no tensors left behind", () => expectNoLeak(alibiSlopes, 6));
