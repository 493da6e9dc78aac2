/**
 * The ids of applyMerges, faster. A merge that uses id m is learned after m, so no merge makes
 * room for an earlier one. Taking the earliest merge that applies anywhere, leftmost first, is
 * therefore the same as going through all merges in order.
 */
import { Heap } from "./heap";
import type { PairTable } from "./pairTable";

/** An id and a place share one number, id · PLACES + place, so that the heap compares numbers. */
const PLACES = 2 ** 31;

const NONE = 2 ** 31 - 1;

/** Words of up to this many bytes are read again after each merge, which beats keeping a heap. */
const SHORT = 48;

/** O(n²): an array beside the symbols holds what neighbors make, and the lowest id goes first. */
function applyToShort(ids: ArrayLike<number>, merged: PairTable): number[] {
  const symbols: number[] = [];
  const made: number[] = []; // made[i]: the id of symbols i and i + 1, or NONE
  for (let i = 0; i < ids.length; i++) symbols.push(ids[i]!);
  const look = (i: number) => {
    const id = merged.get(symbols[i]!, symbols[i + 1]!);
    made[i] = id < 0 ? NONE : id;
  };
  for (let i = 0; i + 1 < symbols.length; i++) look(i);
  while (made.length > 0) {
    let first = 0;
    for (let i = 1; i < made.length; i++) if (made[i]! < made[first]!) first = i;
    if (made[first] === NONE) break;
    symbols[first] = made[first]!;
    for (let i = first + 1; i < made.length; i++) {
      // close the gap; splice would make an array of what it takes out
      symbols[i] = symbols[i + 1]!;
      made[i - 1] = made[i]!;
    }
    symbols.pop();
    made.pop();
    if (first > 0) look(first - 1);
    if (first < made.length) look(first);
  }
  return symbols;
}

/** O(n log n): linked symbols, and a heap of the merges that apply, by rank and then by place. */
function applyToLong(ids: ArrayLike<number>, merged: PairTable): number[] {
  const symbols = Int32Array.from(ids);
  const size = symbols.length;
  const previous = new Int32Array(size);
  const next = new Int32Array(size); // -1 at the ends
  for (let place = 0; place < size; place++) {
    previous[place] = place - 1;
    next[place] = place + 1 < size ? place + 1 : -1;
  }
  /** The id of the merge that applies at this place, -1 where none does. */
  const idAt = (place: number) => merged.get(symbols[place]!, symbols[next[place]!]!);
  const heap = new Heap<number>((a, b) => a < b);
  const offer = (place: number) => {
    const id = idAt(place);
    if (id >= 0) heap.push(id * PLACES + place);
  };
  for (let place = 0; place + 1 < size; place++) offer(place);
  for (let top = heap.pop(); top !== undefined; top = heap.pop()) {
    const place = top % PLACES;
    const id = (top - place) / PLACES;
    const second = next[place]!;
    const stillThere = symbols[place]! >= 0 && second >= 0 && idAt(place) === id;
    if (!stillThere) continue; // a neighbor has been merged away since the offer
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

/**
 * The ids that are left of a word when no merge applies.
 * @param ids a word's single bytes as ids
 * @param merged from two neighbors to the id of their merge, -1 where they have none
 */
export const applyMergesFast = (ids: ArrayLike<number>, merged: PairTable): number[] =>
  ids.length <= SHORT ? applyToShort(ids, merged) : applyToLong(ids, merged);
