/**
 * The merges of learnMerges, counted once: a merge changes only the pairs beside the places where
 * it happens. All words lie in one array of symbols linked to their neighbours, each pair knows its
 * places, and a heap holds the pairs by count. A pair's count can only fall once the merge that
 * made it is done, so an old count in the heap is never too low and is put right when it comes out.
 */
import { comparePairs, concatBytes, singleBytes } from "./bytes";
import { Heap } from "./heap";
import { PairTable } from "./pairTable";
import type { Pair } from "./types";

interface Counted {
  left: number;
  right: number;
  count: number;
  /** where its left symbol stood when it arose; some have changed since */ places: number[];
}

/**
 * As learnMerges, in time that grows with the bytes and the merges rather than with their product.
 */
export function learnMergesFast(
  words: ArrayLike<number>[],
  counts: number[],
  most: number,
): Pair[] {
  const size = words.reduce((sum, ids) => sum + ids.length, 0);
  const symbols = new Int32Array(size);
  const weights = new Float64Array(size); // a symbol of -1 was merged into the one before it
  const previous = new Int32Array(size);
  const next = new Int32Array(size); // -1 at a word's ends
  const vocab = singleBytes();
  const merges: Pair[] = [];
  const pairs: Counted[] = [];
  const table = new PairTable();

  const pairAt = (place: number): Counted => {
    const left = symbols[place]!;
    const right = symbols[next[place]!]!;
    let index = table.get(left, right);
    if (index < 0) {
      table.set(left, right, (index = pairs.length));
      pairs.push({ left, right, count: 0, places: [] });
    }
    return pairs[index]!;
  };
  const add = (place: number): Counted => {
    const pair = pairAt(place);
    pair.count += weights[place]!;
    pair.places.push(place);
    return pair;
  };
  const remove = (place: number) => {
    pairAt(place).count -= weights[place]!;
  };

  let at = 0;
  words.forEach((ids, w) => {
    for (let i = 0; i < ids.length; i++, at++) {
      symbols[at] = ids[i]!;
      weights[at] = counts[w]!;
      previous[at] = i === 0 ? -1 : at - 1;
      next[at] = i + 1 === ids.length ? -1 : at + 1;
    }
  });
  for (let place = 0; place < size; place++) if (next[place]! >= 0) add(place);

  const heap = new Heap<{ pair: Counted; count: number }>((a, b) =>
    a.count !== b.count
      ? a.count > b.count
      : comparePairs([a.pair.left, a.pair.right], [b.pair.left, b.pair.right], vocab) > 0,
  );
  for (const pair of pairs) if (pair.count > 0) heap.push({ pair, count: pair.count });

  while (merges.length < most) {
    const top = heap.pop();
    if (top === undefined) break;
    const { pair } = top;
    const { left, right } = pair;
    if (pair.count !== top.count) {
      if (pair.count > 0) heap.push({ pair, count: pair.count });
      continue;
    }
    const id = vocab.push(concatBytes(vocab[left]!, vocab[right]!)) - 1;
    const arisen = new Set<Counted>();
    merges.push([left, right]);
    for (const place of pair.places.sort((a, b) => a - b)) {
      // from left to right, so that a a a becomes aa a
      const second = next[place]!;
      if (symbols[place] !== left || second < 0 || symbols[second] !== right) continue;
      const before = previous[place]!;
      const after = next[second]!;
      remove(place);
      if (before >= 0) remove(before);
      if (after >= 0) remove(second);
      symbols[place] = id;
      symbols[second] = -1;
      next[place] = after;
      if (after >= 0) {
        previous[after] = place;
        arisen.add(add(place));
      }
      if (before >= 0) arisen.add(add(before));
    }
    pair.places = [];
    for (const p of arisen) if (p.count > 0) heap.push({ pair: p, count: p.count });
  }
  return merges;
}
