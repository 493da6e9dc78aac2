/**
 * One step of byte-pair encoding (Sennrich et al. 2016, arXiv:1508.07909, algorithm 1): two
 * neighbors become one token.
 */
import type { Pair } from "./types";

/**
 * Replaces the pair by the id wherever it occurs, from left to right and without overlap: a a a
 * becomes aa a.
 * @param ids the list stays as it is
 * @returns a new list
 */
export function mergePair(ids: number[], pair: Pair, id: number): number[] {
  const [left, right] = pair;
  const merged: number[] = [];
  for (let i = 0; i < ids.length; i++) {
    const here = ids[i] === left && ids[i + 1] === right;
    merged.push(here ? id : ids[i]!);
    if (here) i++; // the right one is used up
  }
  return merged;
}
