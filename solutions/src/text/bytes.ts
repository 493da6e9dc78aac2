/** Texts as bytes, and the order of bytes. */
import type { Pair } from "./types";

/** The 256 tokens that every byte-level vocabulary begins with. */
export const singleBytes = (): Uint8Array[] =>
  Array.from({ length: 256 }, (_, b) => Uint8Array.of(b));

/** The bytes of a and then those of b. */
export function concatBytes(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** Lexicographic order: below zero when a comes first; a prefix comes before what it begins. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}

/**
 * The order of pairs that are seen equally often: above zero when the bytes of a are greater,
 * left bytes before right ones. Two merges can make the same bytes; ties go to the older ids.
 */
export function comparePairs(a: Pair, b: Pair, vocab: readonly Uint8Array[]): number {
  return (
    compareBytes(vocab[a[0]]!, vocab[b[0]]!) ||
    compareBytes(vocab[a[1]]!, vocab[b[1]]!) ||
    b[0] - a[0] ||
    b[1] - a[1]
  );
}

const encoder = new TextEncoder();

/**
 * The text's bytes in UTF-8. A surrogate without its other half becomes U+FFFD, since UTF-8 has no
 * bytes for it.
 */
export const utf8 = (text: string): Uint8Array => encoder.encode(text);
