/**
 * The ids of applyMerges in O(n log n): symbols linked to their neighbours, and a heap of the merges that apply, by rank and then by
 * place. A merge of id m needs m to exist, so it is never learned before m: no merge makes room for an earlier one.
 */
import { Heap } from "./heap";
import type { PairTable } from "./pairTable";

/** Places fit below a rank in one number, so that the heap compares numbers. */
const PLACES = 2 ** 31;

/**
 * @param ids a word's single bytes as ids
 * @param merged from two neighbours to the id of their merge, -1 where they have none
 */
export function applyMergesFast(ids: ArrayLike<number>, merged: PairTable): number[] {
  const symbols = Int32Array.from(ids), size = symbols.length;
  const previous = new Int32Array(size), next = new Int32Array(size); // -1 at the ends
  const heap = new Heap<number>((a, b) => a < b);
  const offer = (place: number) => {
    const id = merged.get(symbols[place]!, symbols[next[place]!]!);
    if (id >= 0) heap.push(id * PLACES + place);
  };
  for (let place = 0; place < size; place++) {
    previous[place] = place - 1;
    next[place] = place + 1 < size ? place + 1 : -1;
  }
  for (let place = 0; place + 1 < size; place++) offer(place);
  for (let top = heap.pop(); top !== undefined; top = heap.pop()) {
    const place = top % PLACES, id = (top - place) / PLACES, second = next[place]!;
    // a neighbour may have been merged away since the offer
    if (symbols[place]! < 0 || second < 0 || merged.get(symbols[place]!, symbols[second]!) !== id) continue;
    const after = next[second]!;
    symbols[place] = id;
    symbols[second] = -1;
    next[place] = after;
    if (after >= 0) {
      previous[after] = place;
      offer(place);
    }
    if (previous[place]! >= 0) offer(previous[place]!);
  }
  const out: number[] = [];
  for (let place = 0; place >= 0 && place < size; place = next[place]!) out.push(symbols[place]!);
  return out;
}
