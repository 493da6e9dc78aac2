import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { entropyPatches } from "./entropyPatches";
import { yarnRates } from "./yarnRates";

checkReferences("yarnRates", yarnRates);
checkReferences("entropyPatches", entropyPatches);

test("fast pairs are unchanged, slow ones divided", () => {
  const plain = yarnRates(128, { length: 4096 });
  const rates = yarnRates(128, { length: 4096, scale: 16 });
  expect(rates[0]).toBe(plain[0]);
  expect(rates[10]).toBe(plain[10]);
  expect(rates[63]).toBeCloseTo(plain[63]! / 16, 12);
  expect(rates.every((rate, i) => i === 0 || rate < rates[i - 1]!)).toBe(true);
});

test("words begin where a letter is hard to guess", () => {
  const surprise = [2, 0.5, 0.1, 3, 1, 0.2, 0.1];
  expect(entropyPatches(surprise, { threshold: 1.5 })).toEqual([0, 3]);
  expect(entropyPatches(surprise, { threshold: 1.5, longest: 2 })).toEqual([0, 2, 3, 5]);
});
