import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { kvCacheBytes } from "./kvCacheBytes";
import { COUNTED } from "./limitsCases";

checkReferences("kvCacheBytes", kvCacheBytes, { tolerance: COUNTED });

const tiny = { layers: 3, width: 8, heads: 4, kvHeads: 2, ffWidth: 5, vocabulary: 7, context: 9 };

test("by hand: 2 · 3 layers · 2 groups · 2 features · 5 tokens · 4 bytes", () =>
  expect(kvCacheBytes(tiny, 5)).toBe(480));

test("it grows with the tokens", () =>
  expect(kvCacheBytes(tiny, 70, 0.5)).toBe(7 * kvCacheBytes(tiny, 10, 0.5)));

test("bad arguments", () => {
  for (const tokens of [-1, 1.5, NaN]) {
    expect(() => kvCacheBytes(tiny, tokens)).toThrow(
      `kvCacheBytes: expected tokens to be a whole number of at least 0, got ${tokens}`,
    );
  }
  for (const bytes of [0, -2, NaN, Infinity]) {
    expect(() => kvCacheBytes(tiny, 1, bytes)).toThrow(
      `kvCacheBytes: expected bytesPerValue to be a finite number above 0, got ${bytes}`,
    );
  }
});
