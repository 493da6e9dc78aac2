/** Checks that the functions of this folder share. */
import { expectCount } from "../shared/shapes";
import type { TransformerShape } from "./types";

/**
 * The shape with its defaults, and the head width D.
 * @throws when a size isn't a whole number of at least 1, heads doesn't divide the width, or
 *   kvHeads doesn't divide heads
 */
export function completeShape(
  fn: string,
  shape: TransformerShape,
): Required<TransformerShape> & { D: number } {
  const complete = {
    ...shape,
    kvHeads: shape.kvHeads ?? shape.heads,
    tiedHead: shape.tiedHead ?? true,
    gated: shape.gated ?? false,
    biases: shape.biases ?? true,
    learnedPositions: shape.learnedPositions ?? true,
  };
  const { layers, width, heads, kvHeads, ffWidth, vocabulary, context } = complete;
  const sizes = { layers, width, heads, kvHeads, ffWidth, vocabulary, context };
  for (const [name, n] of Object.entries(sizes)) expectCount(fn, name, n);
  if (width % heads !== 0) {
    throw new Error(`${fn}: expected heads to divide the width ${width}, got ${heads}`);
  }
  if (heads % kvHeads !== 0) {
    throw new Error(`${fn}: expected kvHeads to divide heads ${heads}, got ${kvHeads}`);
  }
  return { ...complete, D: width / heads };
}
