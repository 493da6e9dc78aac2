/**
 * Byte-pair encoding of one word, as the textbook tells it: of the merges that apply, the one
 * learned first goes first. applyMergesFast.ts gives the same ids without reading the whole word
 * again after each merge.
 */
import { mergePair } from "./mergePair";
import type { Pair } from "./types";

/**
 * Applies the earliest merge that occurs in the word, again and again.
 * @param ids a word's single bytes as ids
 * @param merges in the order in which they were learned; merge i makes id 256 + i
 * @returns the ids that are left when no merge applies
 */
export function applyMerges(ids: number[], merges: Pair[]): number[] {
  const ranks = new Map(merges.map(([left, right], rank) => [`${left},${right}`, rank]));
  const rankAt = (i: number) => ranks.get(`${ids[i]},${ids[i + 1]}`) ?? Infinity;
  for (;;) {
    let first = Infinity;
    for (let i = 0; i + 1 < ids.length; i++) first = Math.min(first, rankAt(i));
    if (first === Infinity) return ids;
    ids = mergePair(ids, merges[first]!, 256 + first);
  }
}
