/**
 * The work of one forward pass, counted in the matrix products, of which nearly all of it is made
 * (Kaplan et al. 2020, arXiv:2001.08361, §2.1).
 */
import { completeShape } from "./checks";
import type { TransformerShape } from "./types";
import { expectCount } from "../shared/shapes";

/**
 * A product of [m, k] and [k, n] costs 2·m·k·n. For T tokens and L layers
 *   projections   2·T·(2·C·C + 2·C·G·D)·L    queries, keys, values, output
 *   attention     2·(2·T·T·C)·L              scores, weighted sum
 *   feedForward   2·T·(2 or 3)·C·F·L         three matrices when gated
 *   head          2·T·C·V
 * The full T × T counts also when half of it is masked, and the head runs on all tokens, also when
 * it is tied. Norms, softmax, biases and the look-up of tokens are no matrix products and are left
 * out.
 * @param shape of the model
 * @param tokens T, at least 1
 * @returns floating-point operations by part, and their total
 * @throws when a size is no whole number of at least 1, heads do not divide the width, or kvHeads
 *   do not divide heads
 */
export function countFlops(
  shape: TransformerShape,
  tokens: number,
): { projections: number; attention: number; feedForward: number; head: number; total: number } {
  const {
    layers,
    width: C,
    kvHeads,
    ffWidth: F,
    vocabulary: V,
    gated,
    D,
  } = completeShape("countFlops", shape);
  expectCount("countFlops", "tokens", tokens);
  // yours
  const product = (m: number, k: number, n: number) => 2 * m * k * n;
  const projections = layers * (2 * product(tokens, C, C) + 2 * product(tokens, C, kvHeads * D));
  // H heads of width D: C in all
  const attention = layers * (product(tokens, C, tokens) + product(tokens, tokens, C));
  const feedForward = layers * (gated ? 3 : 2) * product(tokens, C, F);
  const head = product(tokens, C, V);
  return {
    projections,
    attention,
    feedForward,
    head,
    total: projections + attention + feedForward + head,
  };
}
