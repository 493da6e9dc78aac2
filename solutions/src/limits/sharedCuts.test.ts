import fc from "fast-check";
import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { sharedCuts } from "./sharedCuts";

checkReferences("sharedCuts", sharedCuts);

test("by hand: cuts at 2, 5, 9 and at 2, 6, 9, the last one the end", () =>
  expect(sharedCuts([2, 3, 4], [2, 4, 3])).toBe(1 / 3));

test("six-mers agree after a shift by six only", () => {
  const six = Array.from({ length: 10 }, () => 6);
  expect([0, 1, 2, 3, 4, 5, 6].map((shift) => sharedCuts(six, six, shift))).toEqual([
    1, 0, 0, 0, 0, 0, 1,
  ]);
});

test("between 0 and 1, 1 with itself, and the same both ways without a shift", () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 20 });
  fc.assert(
    fc.property(lengths, lengths, fc.integer({ min: 0, max: 10 }), (a, b, shift) => {
      expect(sharedCuts(a, b, shift)).toBeGreaterThanOrEqual(0);
      expect(sharedCuts(a, b, shift)).toBeLessThanOrEqual(1);
      expect(sharedCuts(a, a)).toBe(1);
      expect(sharedCuts(a, b)).toBe(sharedCuts(b, a));
    }),
  );
});

test("bad arguments", () => {
  expect(() => sharedCuts([3, 0], [1])).toThrow(
    "sharedCuts: expected first to hold whole numbers of at least 1, got 0 at position 1",
  );
  expect(() => sharedCuts([3], [1.5])).toThrow(
    "sharedCuts: expected second to hold whole numbers of at least 1, got 1.5 at position 0",
  );
  for (const shift of [-1, 0.5, NaN]) {
    expect(() => sharedCuts([3], [3], shift)).toThrow(
      `sharedCuts: expected shift to be a whole number of at least 0, got ${shift}`,
    );
  }
});
