/**
 * How many numbers a Transformer learns, from its shape alone. GPT-2 small (Radford et al. 2019)
 * learns 124,439,808.
 */
import { completeShape } from "./checks";
import type { TransformerShape } from "./types";

/**
 * Counts the weights of a Transformer with L layers.
 *   tables        V·C for tokens, M·C for learned positions
 *   attention     C·C each for queries and output, C·G·D each for keys and values, per layer
 *   feedForward   C·F + F·C, or 2·C·F + F·C if gated, per layer
 *   norms         C each, two per layer and one at the end
 *   head          C·V unless it is tied
 * With biases, each matrix of a layer also has a bias as wide as its output, and each norm a beta.
 * @param shape of the model; by default kvHeads is heads, gated is false, and tiedHead, biases and
 *   learnedPositions are true
 * @returns the exact number of weights
 * @throws when a size isn't a whole number of at least 1, heads doesn't divide the width, or
 *   kvHeads doesn't divide heads
 */
export function countParameters(shape: TransformerShape): number {
  const complete = completeShape("countParameters", shape);
  const { layers, kvHeads, D, width: C, ffWidth: F, vocabulary: V, context: M } = complete;
  const { tiedHead, gated, biases, learnedPositions } = complete;
  // yours
  const matrix = (dIn: number, dOut: number) => dIn * dOut + (biases ? dOut : 0);
  const norm = biases ? 2 * C : C;
  const attention = matrix(C, C) + 2 * matrix(C, kvHeads * D) + matrix(C, C);
  const feedForward = (gated ? 2 : 1) * matrix(C, F) + matrix(F, C);
  const tables = V * C + (learnedPositions ? M * C : 0);
  const head = tiedHead ? 0 : C * V;
  return tables + layers * (2 * norm + attention + feedForward) + norm + head;
}
