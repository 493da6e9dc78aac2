import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { isoFlop } from "./isoFlop";

checkReferences("isoFlop", isoFlop);

test("by hand: the same loss at 100 and 10,000, and less at 1,000", () => {
  const { size, loss, isInside } = isoFlop([100, 1000, 10000], [2.5, 2, 2.5]);
  expect(size).toBeCloseTo(1000, 6);
  expect(loss).toBeCloseTo(2, 10);
  expect(isInside).toBe(true);
});

test("another unit of the sizes moves the size alone", () => {
  const losses = [2.4, 2.1, 2.05, 2.2];
  const [a, b] = [1, 1e6].map((unit) =>
    isoFlop(
      [2, 5, 9, 30].map((n) => n * unit),
      losses,
    ),
  );
  expect(b!.size / a!.size).toBeCloseTo(1e6, 0);
  expect(b!.loss).toBeCloseTo(a!.loss, 8);
});

test("bad arguments", () =>
  expect(() => isoFlop([1, 2, 3], [1, 2, 1])).toThrow(
    "isoFlop: expected losses with a lowest point, got a parabola that has none",
  ));
