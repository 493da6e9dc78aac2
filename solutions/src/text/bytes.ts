/** Texts as bytes and bytes in order. */
import type { Pair } from "./types";

/** The 256 tokens that every byte-level vocabulary opens with. */
export const singleBytes = (): Uint8Array[] =>
  Array.from({ length: 256 }, (_, b) => Uint8Array.of(b));

export function concatBytes(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** Lexicographic: below zero when a comes first; a beginning comes before what it begins. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}

/**
 * The order among pairs that are seen equally often: above zero when the bytes of a are greater,
 * the left ones first. Two merges can reach the same bytes; of such pairs the one with the older
 * ids goes first.
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

/** UTF-8; a surrogate without its other half becomes U+FFFD, as UTF-8 has no bytes for it. */
export const utf8 = (text: string): Uint8Array => encoder.encode(text);
