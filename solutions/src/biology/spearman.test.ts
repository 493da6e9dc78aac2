import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { spearman } from "./spearman";

checkReferences("spearman", spearman);

test("by hand: ranks 1, 2, 3 and 1, 3, 2", () => {
  expect(spearman([10, 20, 30], [1, 9, 4])).toBeCloseTo(0.5, 12);
});

test("by hand: a tie has rank 1½", () => {
  // ranks −½, −½, 1 and −1, 0, 1 around their mean
  expect(spearman([4, 4, 9], [1, 2, 3])).toBeCloseTo(1.5 / Math.sqrt(1.5 * 2), 12);
});

test("a monotone change of either list changes nothing", () => {
  const a = [3, -1, 4, 1, 5, 9, 2];
  const b = [2, 7, 1, 8, 2, 8, 1];
  expect(spearman(a.map(Math.exp), b)).toBe(spearman(a, b));
});

test("what doesn't fit", () => {
  expect(() => spearman([1, 2, 3], [1, 2])).toThrow("spearman: expected b with 3 numbers, got 2");
  expect(() => spearman([1, NaN], [1, 2])).toThrow(
    "spearman: expected a without NaN, got NaN at 1",
  );
});
