import fc from "fast-check";
import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { EXACT } from "../shared/exact";
import { learnMerges } from "./learnMerges";
import { learnMergesFast } from "./learnMergesFast";

checkReferences("learnMerges", learnMerges, { tolerance: EXACT });
checkReferences("learnMerges", learnMergesFast, { tolerance: EXACT });

test("by hand: of pairs seen equally often the greatest is first", () => {
  expect(
    learnMerges(
      [
        [97, 98],
        [99, 100],
      ],
      [1, 1],
      2,
    ),
  ).toEqual([
    [99, 100],
    [97, 98],
  ]);
});

test("the fast version gives the same merges", () => {
  const word = fc.array(fc.integer({ min: 97, max: 99 }), { maxLength: 12 });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(word, fc.integer({ min: 1, max: 4 })), { maxLength: 12 }),
      fc.integer({ min: 0, max: 40 }),
      (entries, most) => {
        const words = entries.map(([w]) => w);
        const counts = entries.map(([, n]) => n);
        expect(learnMergesFast(words, counts, most)).toEqual(learnMerges(words, counts, most));
      },
    ),
    { numRuns: 300 },
  );
});

test("one long word of a few letters", () => {
  const word = Array.from({ length: 3000 }, (_, i) => 97 + (((i * i) % 7) % 3));
  expect(learnMergesFast([word], [1], 60)).toEqual(learnMerges([word], [1], 60));
});
