import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { countPairs } from "./countPairs";
import { EXACT } from "../shared/exact";

checkReferences("countPairs", countPairs, { tolerance: EXACT });

test("by hand: aaaa holds aa three times, and a word counts as often as it occurs", () => {
  expect(
    countPairs(
      [
        [97, 97, 97, 97],
        [97, 98],
      ],
      [1, 5],
    ),
  ).toEqual(
    new Map([
      ["97,97", 3],
      ["97,98", 5],
    ]),
  );
});

test("as many pairs as there are places between ids", () => {
  const words = [[1, 2, 3, 1, 2], [5], [2, 2]];
  const counts = [3, 4, 2];
  const total = [...countPairs(words, counts).values()].reduce((a, b) => a + b, 0);
  expect(total).toBe(4 * 3 + 1 * 2);
});

test("bad arguments", () =>
  expect(() => countPairs([[1, 2]], [])).toThrow("countPairs: expected counts for 1 words, got 0"));
