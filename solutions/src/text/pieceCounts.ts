/**
 * Words in pieces, counted once: a merge recounts only the words that hold its pair. Training by
 * score asks at each merge how often every piece and every pair occurs, and a merge changes few of
 * these counts.
 */
import type { Pair } from "./types";

export interface PieceCounts {
  /** Each different word's pieces as ids, and how often the word occurs. */
  words: number[][];
  counts: number[];
  /** How often each piece occurs. */
  pieces: Map<number, number>;
  /** How often each pair of neighbors occurs, as countPairs counts, and in which of the words. */
  pairs: Map<string, { pair: Pair; count: number; words: Set<number> }>;
}

/** Counts all words; the lists are copied. */
export function countPieces(words: number[][], counts: number[]): PieceCounts {
  const state: PieceCounts = { words: [...words], counts, pieces: new Map(), pairs: new Map() };
  words.forEach((_, w) => add(state, w, 1));
  return state;
}

/**
 * Rewrites the words that hold the pair and keeps the counts right.
 * @param rewrite a word's pieces before and after; the new ones may be any
 */
export function rewriteWords(
  state: PieceCounts,
  pair: Pair,
  rewrite: (ids: number[]) => number[],
): void {
  const holders = state.pairs.get(pair.join())?.words ?? [];
  for (const w of [...holders]) {
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
    const entry = pairs.get(key) ?? { pair, count: 0, words: new Set<number>() };
    pairs.set(key, entry);
    entry.count += n;
    if (sign > 0) entry.words.add(w);
    else entry.words.delete(w);
    if (entry.count === 0) pairs.delete(key);
  });
}
