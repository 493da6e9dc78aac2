import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { noamRate } from "./noamRate";

checkReferences("noamRate", noamRate);

test("by hand: width 4, warm-up 4", () => {
  expect([1, 2, 4, 16, 64].map((step) => noamRate(step, 4, 4))).toEqual([
    1 / 16,
    1 / 8,
    1 / 4,
    1 / 8,
    1 / 16,
  ]);
});

test("it rises until the warm-up ends and falls after", () => {
  const rates = Array.from({ length: 500 }, (_, i) => noamRate(i + 1, 64, 100));
  expect(rates.indexOf(Math.max(...rates))).toBe(99);
  rates
    .slice(1)
    .forEach((rate, i) => expect(Math.sign(rate - rates[i]!)).toBe(i + 2 <= 100 ? 1 : -1));
});

test("bad numbers", () =>
  expect(() => noamRate(0, 512, 4000)).toThrow(
    "noamRate: expected step to be a whole number of at least 1, got 0",
  ));
