/**
 * The work of one forward pass, counted by its matrix products, which are nearly all of it (Kaplan
 * et al. 2020, arXiv:2001.08361, §2.1).
 */
import { completeShape } from "./checks";
import type { TransformerShape } from "./types";
import { expectCount } from "../shared/shapes";

/**
 * Counts operations for T tokens and L layers; a product of [m, k] and [k, n] costs 2·m·k·n.
 *   projections   2·T·(2·C·C + 2·C·G·D)·L    queries, keys, values, output
 *   attention     2·(2·T·T·C)·L              scores, weighted sum
 *   feedForward   2·T·(2 or 3)·C·F·L         three matrices if gated
 *   head          2·T·C·V
 * The full T × T counts even if half of it is masked, and the head runs on all tokens even if it is
 * tied. Left out, because they aren't matrix products: norms, softmax, biases and token lookups.
 * @param shape of the model
 * @param tokens T, at least 1
 * @returns floating-point operations by part, and their total
 * @throws when a size isn't a whole number of at least 1, heads doesn't divide the width, or
 *   kvHeads doesn't divide heads
 */
export function countFlops(
  shape: TransformerShape,
  tokens: number,
): { projections: number; attention: number; feedForward: number; head: number; total: number } {
  const { layers, kvHeads, gated, D, ...sizes } = completeShape("countFlops", shape);
  const { width: C, ffWidth: F, vocabulary: V } = sizes;
  expectCount("countFlops", "tokens", tokens);
  // yours
  const product = (m: number, k: number, n: number) => 2 * m * k * n;
  const projections = layers * (2 * product(tokens, C, C) + 2 * product(tokens, C, kvHeads * D));
  // H heads of width D are C wide in total
  const attention = layers * (product(tokens, C, tokens) + product(tokens, tokens, C));
  const feedForward = layers * (gated ? 3 : 2) * product(tokens, C, F);
  const head = product(tokens, C, V);
  const total = projections + attention + feedForward + head;
  return { projections, attention, feedForward, head, total };
}
