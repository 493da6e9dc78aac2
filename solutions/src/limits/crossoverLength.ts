/**
 * From which length on the square rules: where attention costs as much as all other work of a
 * layer.
 */
import { completeShape } from "./checks";
import type { TransformerShape } from "./types";

/**
 * The length T at which countFlops gives attention as much as projections and feed-forward network
 * together. Both have a factor L·T, the head is left out, and what remains is linear in T:
 *   2·(2·T·C) = 2·(2·C·C + 2·C·G·D + (2 or 3)·C·F)
 * @param shape of the model
 * @returns tokens, not rounded; 6·C for a Transformer with G = H and F = 4·C
 * @throws when a size is no whole number of at least 1, heads do not divide the width, or kvHeads
 *   do not divide heads
 */
export function crossoverLength(shape: TransformerShape): number {
  const { width: C, kvHeads, ffWidth: F, gated, D } = completeShape("crossoverLength", shape);
  // yours
  // of the matrices of one layer
  const weights = 2 * C * C + 2 * C * kvHeads * D + (gated ? 3 : 2) * C * F;
  return weights / (2 * C);
}
