/**
 * Byte-pair encoding's question (Sennrich et al. 2016, arXiv:1508.07909, algorithm 1): which two
 * neighbors are seen most often?
 */

/**
 * For each pair of neighbors, the sum of the counts of the words that hold it, once for each place:
 * a a a a holds a a three times.
 * @param words each word's ids; a pair never spans two words
 * @param counts how often each word occurs
 * @returns `${left},${right}` → count, in the order in which the pairs first occur
 * @throws unless there is one count for each word
 */
export function countPairs(words: number[][], counts: number[]): Map<string, number> {
  if (words.length !== counts.length) {
    throw new Error(`countPairs: expected counts for ${words.length} words, got ${counts.length}`);
  }
  // yours
  const pairs = new Map<string, number>();
  words.forEach((ids, w) => {
    for (let i = 0; i + 1 < ids.length; i++) {
      const key = `${ids[i]},${ids[i + 1]}`;
      pairs.set(key, (pairs.get(key) ?? 0) + counts[w]!);
    }
  });
  return pairs;
}
