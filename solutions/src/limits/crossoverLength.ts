/** The length at which attention costs as much as all other work in a layer. */
import { completeShape } from "./checks";
import type { TransformerShape } from "./types";

/**
 * The length T at which, by countFlops, attention costs as much as projections and feed-forward
 * network together. The head isn't counted. Without the common factor L·T, T solves
 *   2·(2·T·C) = 2·(2·C·C + 2·C·G·D + (2 or 3)·C·F)
 * @param shape of the model
 * @returns tokens, not rounded; 6·C for a Transformer with G = H and F = 4·C
 * @throws when a size isn't a whole number of at least 1, heads doesn't divide the width, or
 *   kvHeads doesn't divide heads
 */
export function crossoverLength(shape: TransformerShape): number {
  const { width: C, kvHeads, ffWidth: F, gated, D } = completeShape("crossoverLength", shape);
  // yours
  const weights = 2 * C * C + 2 * C * kvHeads * D + (gated ? 3 : 2) * C * F; // of one layer
  return weights / (2 * C);
}
