import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { cosineRate } from "./cosineRate";

checkReferences("cosineRate", cosineRate);

test("by hand: up in four steps to 8, down in eight to 2", () => {
  const rates = [1, 2, 4, 8, 12, 13].map((step) =>
    cosineRate(step, { peak: 8, warmup: 4, total: 12, floor: 2 }),
  );
  expect(rates).toEqual([2, 4, 8, 5, 2, 2]);
});

test("it never jumps: no step changes the rate by more than a step of the warm-up", () => {
  const rates = Array.from({ length: 220 }, (_, i) =>
    cosineRate(i + 1, { peak: 1, warmup: 20, total: 200, floor: 0.1 }),
  );
  rates.slice(1).forEach((rate, i) => expect(Math.abs(rate - rates[i]!)).toBeLessThan(0.0501));
  expect(Math.max(...rates)).toBe(rates[19]);
});

test("bad numbers", () => {
  const rateWith = (change: object) => () =>
    cosineRate(1, { peak: 1, warmup: 2, total: 10, ...change });
  expect(() => cosineRate(0, { peak: 1, warmup: 2, total: 10 })).toThrow(
    "cosineRate: expected step to be a whole number of at least 1, got 0",
  );
  expect(rateWith({ warmup: 11 })).toThrow(
    "cosineRate: expected warmup to be a whole number from 0 to 10, got 11",
  );
  expect(rateWith({ warmup: -1 })).toThrow("cosineRate: expected warmup");
  expect(rateWith({ warmup: 0.5 })).toThrow("cosineRate: expected warmup");
  expect(rateWith({ total: 0 })).toThrow("cosineRate: expected total");
  expect(rateWith({ peak: -1 })).toThrow("cosineRate: expected peak of at least 0, got -1");
  expect(rateWith({ peak: NaN })).toThrow("cosineRate: expected peak");
  expect(rateWith({ floor: 2 })).toThrow("cosineRate: expected floor between 0 and peak, got 2");
  expect(rateWith({ floor: -1 })).toThrow("cosineRate: expected floor");
});
