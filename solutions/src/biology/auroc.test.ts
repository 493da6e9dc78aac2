import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { auroc } from "./auroc";

checkReferences("auroc", auroc);

test("by hand: of four pairs, two are won and one is tied", () => {
  expect(auroc([3, 2, 2, 1], [true, false, true, false])).toBe(3.5 / 4);
  expect(auroc([1, 2, 2, 3], [true, false, true, false])).toBe(0.5 / 4);
});

test("scores turned around give one minus the area", () => {
  const scores = [0.3, 0.1, 0.3, 0.8, 0.5];
  const isPositive = [true, false, false, true, false];
  const turned = scores.map((score) => -score);
  expect(auroc(turned, isPositive)).toBeCloseTo(1 - auroc(scores, isPositive), 12);
});

test("what doesn't fit", () => {
  expect(() => auroc([1, 2], [true, true])).toThrow(
    "auroc: expected isPositive to hold true and false, got 2 true and 0 false",
  );
});
