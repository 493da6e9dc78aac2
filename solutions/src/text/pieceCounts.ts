/**
 * Words in pieces, counted once: a merge counts anew only the words that hold its pair. Training by
 * score asks at each merge how often every piece and every pair occurs, of which a merge changes
 * few.
 */
import type { Pair } from "./types";

export interface PieceCounts {
  /** Each different word's pieces as ids, and how often the word occurs. */
  words: number[][];
  counts: number[];
  /** How often each piece occurs. */
  pieces: Map<number, number>;
  /**
   * How often each pair of neighbours occurs, as countPairs counts, and the places in `words` where
   * it does.
   */
  pairs: Map<string, { pair: Pair; count: number; words: Set<number> }>;
}

/** Counts all words; the lists are copied. */
export function countPieces(words: number[][], counts: number[]): PieceCounts {
  const state: PieceCounts = { words: [...words], counts, pieces: new Map(), pairs: new Map() };
  words.forEach((_, w) => add(state, w, 1));
  return state;
}

/**
 * Rewrites the words that hold the pair, and keeps the counts right; what `rewrite` makes of a word
 * may hold other pieces.
 */
export function rewriteWords(
  state: PieceCounts,
  pair: Pair,
  rewrite: (ids: number[]) => number[],
): void {
  for (const w of [...(state.pairs.get(pair.join())?.words ?? [])]) {
    add(state, w, -1);
    state.words[w] = rewrite(state.words[w]!);
    add(state, w, 1);
  }
}

/** Adds a word to the counts, or takes it out. */
function add({ words, counts, pieces, pairs }: PieceCounts, w: number, sign: 1 | -1): void {
  const ids = words[w]!;
  const n = sign * counts[w]!;
  ids.forEach((left, i) => {
    pieces.set(left, (pieces.get(left) ?? 0) + n);
    if (i + 1 === ids.length) return;
    const pair: Pair = [left, ids[i + 1]!];
    const key = pair.join();
    let entry = pairs.get(key);
    if (!entry) pairs.set(key, (entry = { pair, count: 0, words: new Set() }));
    entry.count += n;
    if (sign > 0) entry.words.add(w);
    else entry.words.delete(w);
    if (entry.count === 0) pairs.delete(key);
  });
}
