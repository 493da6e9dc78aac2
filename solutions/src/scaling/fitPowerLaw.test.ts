import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { fitPowerLaw } from "./fitPowerLaw";

checkReferences("fitPowerLaw", fitPowerLaw);

test("by hand: 1 + 2/√x", () => {
  const { irreducible, scale, exponent } = fitPowerLaw([1, 4, 16, 64], [3, 2, 1.5, 1.25]);
  expect(exponent).toBe(0.5);
  expect(irreducible).toBeCloseTo(1, 10);
  expect(scale).toBeCloseTo(2, 10);
});

test("another unit of x changes the scale alone", () => {
  const y = [3, 2.2, 1.7, 1.5, 1.4];
  const a = fitPowerLaw([1, 2, 4, 8, 16], y);
  const b = fitPowerLaw([1e12, 2e12, 4e12, 8e12, 16e12], y);
  expect(b.exponent).toBe(a.exponent);
  expect(b.irreducible).toBeCloseTo(a.irreducible, 8);
  expect(b.scale / 1e12 ** a.exponent).toBeCloseTo(a.scale, 8);
});

test("bad arguments", () => {
  expect(() => fitPowerLaw([1, 2, NaN], [1, 1, 1])).toThrow(
    "fitPowerLaw: expected x to be above 0, got NaN at position 2",
  );
  expect(() => fitPowerLaw([1, 2, 2], [1, 1, 1])).toThrow(
    "fitPowerLaw: expected x to have 3 different values or more, got 2",
  );
});
