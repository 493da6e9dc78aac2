/**
 * Encoding of one word by byte-pair encoding as it is told: of the merges that apply, the earliest
 * learned goes first. applyMergesFast.ts gives the same ids without looking through the whole word
 * again after each merge.
 */
import { mergePair } from "./mergePair";
import type { Pair } from "./types";

/**
 * @param ids a word's single bytes as ids
 * @param merges in the order in which they were learned; merge i makes id 256 + i
 * @returns the ids that are left when no merge applies
 */
export function applyMerges(ids: number[], merges: Pair[]): number[] {
  const ranks = new Map(merges.map(([left, right], rank) => [`${left},${right}`, rank]));
  for (;;) {
    let first = Infinity;
    for (let i = 0; i + 1 < ids.length; i++) {
      first = Math.min(first, ranks.get(`${ids[i]},${ids[i + 1]}`) ?? Infinity);
    }
    if (first === Infinity) return ids;
    ids = mergePair(ids, merges[first]!, 256 + first);
  }
}
