/** Checks of arguments of this group. */
import { expectCount } from "../shared/shapes";
import type { TransformerShape } from "./types";

/**
 * The shape with its defaults, and the head width D.
 * @throws when a size is no whole number of at least 1, heads do not divide the width, or kvHeads
 *   do not divide heads
 */
export function completeShape(
  fn: string,
  shape: TransformerShape,
): Required<TransformerShape> & { D: number } {
  const complete = {
    kvHeads: shape.heads,
    tiedHead: true,
    gated: false,
    biases: true,
    learnedPositions: true,
    ...shape,
  };
  const { layers, width, heads, kvHeads, ffWidth, vocabulary, context } = complete;
  for (const [name, n] of Object.entries({
    layers,
    width,
    heads,
    kvHeads,
    ffWidth,
    vocabulary,
    context,
  })) {
    expectCount(fn, name, n);
  }
  if (width % heads !== 0) {
    throw new Error(`${fn}: expected heads to divide the width ${width}, got ${heads}`);
  }
  if (heads % kvHeads !== 0) {
    throw new Error(`${fn}: expected kvHeads to divide heads ${heads}, got ${kvHeads}`);
  }
  return { ...complete, D: width / heads };
}
