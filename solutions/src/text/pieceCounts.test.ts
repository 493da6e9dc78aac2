import fc from "fast-check";
import { expect, test } from "vitest";
import { countPairs } from "./countPairs";
import { mergePair } from "./mergePair";
import { countPieces, rewriteWords } from "./pieceCounts";
import type { Pair } from "./types";

test("after any merges the counts are those of counting everything again", () => {
  const word = fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 10 });
  const id = fc.integer({ min: 0, max: 5 });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(word, fc.integer({ min: 1, max: 4 })), { maxLength: 8 }),
      fc.array(fc.tuple(id, id, id), { maxLength: 6 }),
      (entries, merges) => {
        const counts = entries.map(([, n]) => n);
        const state = countPieces(
          entries.map(([w]) => w),
          counts,
        );
        let words = entries.map(([w]) => w);
        for (const [left, right, made] of merges) {
          const pair: Pair = [left, right];
          words = words.map((ids) => mergePair(ids, pair, made));
          rewriteWords(state, pair, (ids) => mergePair(ids, pair, made));
          expect(state.words).toEqual(words);
          expect(new Map([...state.pairs].map(([key, { count }]) => [key, count]))).toEqual(
            countPairs(words, counts),
          );
          const pieces = new Map<number, number>();
          words.forEach((ids, w) => {
            for (const i of ids) pieces.set(i, (pieces.get(i) ?? 0) + counts[w]!);
          });
          expect(new Map([...state.pieces].filter(([, n]) => n > 0))).toEqual(pieces);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test("by hand: the word that holds the pair changes, the other does not", () => {
  const given = [
    [1, 2, 3],
    [3, 2],
  ];
  const state = countPieces(given, [2, 5]);
  rewriteWords(state, [1, 2], (ids) => mergePair(ids, [1, 2], 9));
  expect(state.words).toEqual([
    [9, 3],
    [3, 2],
  ]);
  expect([...state.pairs.values()]).toEqual([
    { pair: [3, 2], count: 5, words: new Set([1]) },
    { pair: [9, 3], count: 2, words: new Set([0]) },
  ]);
  expect(given).toEqual([
    [1, 2, 3],
    [3, 2],
  ]);
});
