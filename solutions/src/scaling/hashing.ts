/** Texts as sets of n-grams, and a family of hash functions for them. */
import { expectCount } from "../shared/shapes";

/** The words of a text in lower case: runs of letters and digits of any script. */
function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/**
 * The n-grams of a text's words, in order, each as its words with a space between them. A text of
 * fewer than n words has none.
 */
export function wordGrams(text: string, n: number): string[] {
  expectCount("wordGrams", "n", n);
  const words = wordsOf(text);
  const count = Math.max(0, words.length - n + 1);
  return Array.from({ length: count }, (_, i) => words.slice(i, i + n).join(" "));
}

/** A text as a number below 2³²: FNV-1a over its UTF-16 units. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}

/**
 * A number below 2³² for another: one hash function for each seed. Each is a permutation: different
 * ids get different hashes (the last steps of MurmurHash3, Appleby 2011).
 */
export function mixHash(id: number, seed: number): number {
  let hash = id ^ Math.imul(seed + 1, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
