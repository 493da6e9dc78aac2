import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { passAtK } from "./passAtK";

checkReferences("passAtK", passAtK);

/** All draws of k of n answers. */
function draws(n: number, k: number, from = 0): number[][] {
  if (k === 0) return [[]];
  return Array.from({ length: n - from }, (_, i) => from + i).flatMap((first) =>
    draws(n, k - 1, first + 1).map((rest) => [first, ...rest]),
  );
}

test("counts all draws", () => {
  for (let c = 0; c <= 6; c++) {
    for (let k = 1; k <= 6; k++) {
      const all = draws(6, k);
      const lucky = all.filter((draw) => draw.some((answer) => answer < c));
      expect(passAtK(6, c, k)).toBeCloseTo(lucky.length / all.length, 12);
    }
  }
});

test("what is out of range", () => {
  expect(() => passAtK(4, 1, 5)).toThrow(
    "passAtK: expected k to be a whole number from 1 to 4, got 5",
  );
});
