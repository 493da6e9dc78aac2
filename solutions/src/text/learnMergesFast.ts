/**
 * The merges of learnMerges, counted once: a merge changes only the pairs beside the places where
 * it happens. All words lie in one row of symbols linked to their neighbors, each pair knows its
 * places, and a heap holds the pairs by count.
 *
 * Once the merge that made a pair is done, the pair's count can only fall. An old count in the heap
 * is therefore never too low, and it is put right when it comes out.
 */
import { comparePairs, concatBytes, singleBytes } from "./bytes";
import { Heap } from "./heap";
import { PairTable } from "./pairTable";
import type { Pair } from "./types";

interface CountedPair {
  left: number;
  right: number;
  count: number;
  /** Where its left symbol was when the pair arose; some of these symbols have changed since. */
  places: number[];
}

/** All words in one row of symbols, and their pairs. */
interface Corpus {
  /** Ids; -1 where a symbol was merged into the one before it. */
  symbols: Int32Array;
  /** How often each symbol's word occurs. */
  weights: Float64Array;
  /** The places of each symbol's neighbors; -1 at the ends of a word. */
  previous: Int32Array;
  next: Int32Array;
  pairs: CountedPair[];
  /** From the ids of a pair to its index in `pairs`. */
  indices: PairTable;
}

/**
 * As learnMerges, in time that grows with the bytes and the merges rather than with their product.
 */
export function learnMergesFast(
  words: ArrayLike<number>[],
  counts: number[],
  most: number,
): Pair[] {
  const vocab = singleBytes();
  const corpus = readWords(words, counts);
  const merges: Pair[] = [];
  const heap = new Heap<{ pair: CountedPair; count: number }>((a, b) => {
    if (a.count !== b.count) return a.count > b.count;
    return comparePairs([a.pair.left, a.pair.right], [b.pair.left, b.pair.right], vocab) > 0;
  });
  const offer = (pair: CountedPair) => {
    if (pair.count > 0) heap.push({ pair, count: pair.count });
  };
  corpus.pairs.forEach(offer);
  while (merges.length < most) {
    const top = heap.pop();
    if (top === undefined) break;
    const { pair } = top;
    if (pair.count !== top.count) {
      offer(pair); // its count has fallen since the last offer
      continue;
    }
    const { left, right } = pair;
    merges.push([left, right]);
    const id = vocab.push(concatBytes(vocab[left]!, vocab[right]!)) - 1;
    mergeEverywhere(corpus, pair, id).forEach(offer);
  }
  return merges;
}

function readWords(words: ArrayLike<number>[], counts: number[]): Corpus {
  const size = words.reduce((sum, ids) => sum + ids.length, 0);
  const corpus: Corpus = {
    symbols: new Int32Array(size),
    weights: new Float64Array(size),
    previous: new Int32Array(size),
    next: new Int32Array(size),
    pairs: [],
    indices: new PairTable(),
  };
  const { symbols, weights, previous, next } = corpus;
  let at = 0;
  words.forEach((ids, w) => {
    for (let i = 0; i < ids.length; i++, at++) {
      symbols[at] = ids[i]!;
      weights[at] = counts[w]!;
      previous[at] = i === 0 ? -1 : at - 1;
      next[at] = i + 1 === ids.length ? -1 : at + 1;
    }
  });
  for (let place = 0; place < size; place++) if (next[place]! >= 0) add(corpus, place);
  return corpus;
}

/** The pair whose left symbol is at this place. */
function pairAt({ symbols, next, pairs, indices }: Corpus, place: number): CountedPair {
  const left = symbols[place]!;
  const right = symbols[next[place]!]!;
  const index = indices.get(left, right);
  if (index >= 0) return pairs[index]!;
  const pair: CountedPair = { left, right, count: 0, places: [] };
  indices.set(left, right, pairs.push(pair) - 1);
  return pair;
}

function add(corpus: Corpus, place: number): CountedPair {
  const pair = pairAt(corpus, place);
  pair.count += corpus.weights[place]!;
  pair.places.push(place);
  return pair;
}

function remove(corpus: Corpus, place: number): void {
  pairAt(corpus, place).count -= corpus.weights[place]!;
}

/**
 * Replaces the pair by the id wherever it occurs, from left to right, so that a a a becomes aa a.
 * @returns the pairs that arise
 */
function mergeEverywhere(corpus: Corpus, pair: CountedPair, id: number): Set<CountedPair> {
  const { symbols, previous, next } = corpus;
  const arisen = new Set<CountedPair>();
  for (const place of pair.places.sort((a, b) => a - b)) {
    const second = next[place]!;
    if (symbols[place] !== pair.left || second < 0 || symbols[second] !== pair.right) continue;
    const before = previous[place]!;
    const after = next[second]!;
    remove(corpus, place);
    if (before >= 0) remove(corpus, before);
    if (after >= 0) remove(corpus, second);
    symbols[place] = id;
    symbols[second] = -1;
    next[place] = after;
    if (after >= 0) {
      previous[after] = place;
      arisen.add(add(corpus, place));
    }
    if (before >= 0) arisen.add(add(corpus, before));
  }
  pair.places = [];
  return arisen;
}
