import fc from "fast-check";
import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { EXACT } from "../shared/exact";
import { kmerTokens } from "./kmerTokens";

checkReferences("kmerTokens", kmerTokens, { tolerance: EXACT });

test("by hand: AC, CG, GT", () =>
  expect(kmerTokens("ACGT", 2)).toEqual(new Int32Array([1, 6, 11])));

test("a stride of n takes every n-th of the overlapping tokens", () => {
  const sequence = fc.string({ unit: fc.constantFrom(..."ACGTN") });
  fc.assert(
    fc.property(
      sequence,
      fc.integer({ min: 1, max: 15 }),
      fc.integer({ min: 1, max: 20 }),
      (bases, k, stride) => {
        expect(kmerTokens(bases, k, stride)).toEqual(
          kmerTokens(bases, k).filter((_, i) => i % stride === 0),
        );
      },
    ),
  );
});

test("the largest token fits, and the one for N beside it", () => {
  expect(kmerTokens("T".repeat(15), 15)).toEqual(new Int32Array([4 ** 15 - 1]));
  expect(kmerTokens("TTTTTTTNTTTTTTT", 15)).toEqual(new Int32Array([4 ** 15]));
});

test("bad arguments", () => {
  for (const k of [0, 16, 2.5, NaN]) {
    expect(() => kmerTokens("ACGT", k)).toThrow(
      "kmerTokens: expected k to be a whole number from 1 to 15, " +
        `so that tokens fit into 32 bits, got ${k}`,
    );
  }
  for (const stride of [0, -1, 1.5]) {
    expect(() => kmerTokens("ACGT", 2, stride)).toThrow("expected stride");
  }
  expect(() => kmerTokens("ACGTZ", 2)).toThrow('got "Z" at position 4');
});
