/**
 * Training of byte-pair encoding (Sennrich et al. 2016, arXiv:1508.07909, algorithm 1) as it is
 * told: count all pairs, merge the most frequent, count again. learnMergesFast.ts gives the same
 * merges and counts only what a merge changes.
 */
import { comparePairs, concatBytes, singleBytes } from "./bytes";
import { expectBytes } from "./checks";
import { countPairs } from "./countPairs";
import { mergePair } from "./mergePair";
import type { Pair } from "./types";

/**
 * The first merge is of the pair with the highest count; of equal ones, of that whose (left bytes,
 * right bytes) is lexicographically greatest. It makes id 256, the next merge 257, and so on.
 * @param words the bytes of each different word; the lists stay as they are
 * @param counts how often each word occurs
 * @param most the number of merges; there are fewer when no pair is left
 * @throws when a word holds something that is not a byte
 */
export function learnMerges(words: number[][], counts: number[], most: number): Pair[] {
  expectBytes("learnMerges", words);
  // yours
  const vocab = singleBytes();
  const merges: Pair[] = [];
  while (merges.length < most) {
    let best: Pair | undefined;
    let highest = 0;
    for (const [key, count] of countPairs(words, counts)) {
      if (count < highest) continue;
      const pair = key.split(",").map(Number) as Pair;
      if (best === undefined || count > highest || comparePairs(pair, best, vocab) > 0) {
        [best, highest] = [pair, count];
      }
    }
    if (best === undefined) break;
    const pair = best;
    const id = vocab.length;
    merges.push(pair);
    vocab.push(concatBytes(vocab[pair[0]]!, vocab[pair[1]]!));
    words = words.map((ids) => mergePair(ids, pair, id));
  }
  return merges;
}
