import { expect, test } from "vitest";
import { alignedTokens } from "./alignedTokens";

test("by hand: a gap is a column without a token, a small letter a token without a column", () => {
  expect(alignedTokens("A-cDY")).toEqual({
    ids: [1, 4, 5, 6, 23, 2],
    columns: [-1, 0, -1, 2, 3, -1],
  });
});

test("no amino acid", () => {
  expect(() => alignedTokens("AXA")).toThrow(
    'alignedTokens: expected amino acids and gaps, got "X"',
  );
});
