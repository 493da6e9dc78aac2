/**
 * Training byte-pair encoding (Sennrich et al. 2016, arXiv:1508.07909, algorithm 1) as the textbook
 * tells it: count all pairs, merge the most frequent, count again. learnMergesFast.ts gives the
 * same merges and counts only what a merge changes.
 */
import { comparePairs, concatBytes, singleBytes } from "./bytes";
import { expectBytes } from "./checks";
import { countPairs } from "./countPairs";
import { mergePair } from "./mergePair";
import type { Pair } from "./types";

/**
 * Merges the pair with the highest count, again and again. Ties go to the pair whose (left bytes,
 * right bytes) is lexicographically greatest. The first merge makes id 256, the next 257 and so on.
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
    const pair = mostFrequent(countPairs(words, counts), vocab);
    if (pair === undefined) break;
    const id = vocab.length;
    merges.push(pair);
    vocab.push(concatBytes(vocab[pair[0]]!, vocab[pair[1]]!));
    words = words.map((ids) => mergePair(ids, pair, id));
  }
  return merges;
}

function mostFrequent(pairs: Map<string, number>, vocab: Uint8Array[]): Pair | undefined {
  let best: Pair | undefined;
  let highest = 0;
  for (const [key, count] of pairs) {
    if (count < highest) continue;
    const pair = key.split(",").map(Number) as Pair;
    if (best === undefined || count > highest || comparePairs(pair, best, vocab) > 0) {
      best = pair;
      highest = count;
    }
  }
  return best;
}
