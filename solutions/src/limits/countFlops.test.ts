import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { countFlops } from "./countFlops";
import { COUNTED } from "./limitsCases";

checkReferences("countFlops", countFlops, { tolerance: COUNTED });

const tiny = { layers: 3, width: 2, heads: 1, ffWidth: 5, vocabulary: 7, context: 9 };

test("by hand: one token", () => {
  // 4 matrices of 2 × 2, two products of 1 × 2 × 1, two matrices of 2 × 5, in three layers; a head
  // of 2 × 7; twice each
  expect(countFlops(tiny, 1)).toEqual({
    projections: 96,
    attention: 24,
    feedForward: 120,
    head: 28,
    total: 268,
  });
});

test("twice the tokens: four times the attention, twice the rest", () => {
  const [once, twice] = [countFlops(tiny, 4), countFlops(tiny, 8)];
  expect(twice.attention).toBe(4 * once.attention);
  expect(twice.total - twice.attention).toBe(2 * (once.total - once.attention));
});

test("bad arguments", () => {
  for (const tokens of [0, -3, 2.5, NaN]) {
    expect(() => countFlops(tiny, tokens)).toThrow(
      `countFlops: expected tokens to be a whole number of at least 1, got ${tokens}`,
    );
  }
  expect(() => countFlops({ ...tiny, heads: 4 }, 1)).toThrow(
    "countFlops: expected heads to divide the width 2, got 4",
  );
});
