/**
 * A faster version of a function that learns merges. It follows the function it is made from: both
 * learn the first merges of a few words, and must agree.
 */
import { isGraded } from "../shared/isGraded";
import { learnMergesFast } from "./learnMergesFast";
import type { Pair } from "./types";

export type LearnMerges = (words: number[][], counts: number[], most: number) => Pair[];

/** How many bytes both learn from, and how many merges. */
const FEW_BYTES = 256;
const FEW_MERGES = 4;

/** The first words, as lists of numbers, as long as they are short together. */
function firstWords(words: ArrayLike<number>[]): number[][] {
  const some: number[][] = [];
  let bytes = 0;
  for (const word of words) {
    bytes += word.length;
    if (bytes > FEW_BYTES && some.length > 0) break;
    some.push(Array.from(word).slice(0, FEW_BYTES));
  }
  return some;
}

/**
 * From a function that counts all pairs after each merge to one that counts once and then keeps
 * the counts right.
 * @param learn learnMerges, for example; it is called for a few words each time
 * @returns the same merges, in time that grows with the bytes and the merges rather than with their
 *   product
 * @throws (the function returned) when learn gives other merges for these words
 */
export function fasterMerges(
  learn: LearnMerges,
): (words: ArrayLike<number>[], counts: number[], most: number) => Pair[] {
  return (words, counts, most) => {
    if (isGraded()) {
      const lists = words.map((word) => Array.from(word));
      return learn(lists, counts, most);
    }
    const some = firstWords(words);
    const few = Math.min(most, FEW_MERGES);
    const slow = learn(
      some.map((word) => [...word]),
      counts.slice(0, some.length),
      few,
    );
    const fast = learnMergesFast(some, counts, few);
    if (String(slow) !== String(fast)) {
      throw new Error(
        `fasterMerges: expected the merges [${fast.join("], [")}] of a few words from the function, ` +
          `got [${slow.join("], [")}]`,
      );
    }
    return learnMergesFast(words, counts, most);
  };
}
