/** Checks of arguments of this group. */
import type { TransformerShape } from "./types";

/** @throws unless n is a whole number of at least `least` */
export function expectWhole(fn: string, name: string, n: number, least = 1): void {
  if (!Number.isInteger(n) || n < least) throw new Error(`${fn}: expected ${name} to be a whole number of at least ${least}, got ${n}`);
}

/**
 * The shape with its defaults, and the head width D.
 * @throws when a size is no whole number of at least 1, heads do not divide the width, or kvHeads do not divide heads
 */
export function completeShape(fn: string, shape: TransformerShape): Required<TransformerShape> & { D: number } {
  const complete = { kvHeads: shape.heads, tiedHead: true, gated: false, biases: true, learnedPositions: true, ...shape };
  const { layers, width, heads, kvHeads, ffWidth, vocabulary, context } = complete;
  for (const [name, n] of Object.entries({ layers, width, heads, kvHeads, ffWidth, vocabulary, context })) expectWhole(fn, name, n);
  if (width % heads !== 0) throw new Error(`${fn}: expected heads to divide the width ${width}, got ${heads}`);
  if (heads % kvHeads !== 0) throw new Error(`${fn}: expected kvHeads to divide heads ${heads}, got ${kvHeads}`);
  return { ...complete, D: width / heads };
}
