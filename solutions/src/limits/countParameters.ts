/**
 * How many numbers a Transformer learns, from its shape alone: GPT-2 small (Radford et al. 2019)
 * has 124,439,808.
 */
import { completeShape } from "./checks";
import type { TransformerShape } from "./types";

/**
 * Table of tokens V·C and of positions M·C; in each of L layers two norms, queries and output C·C,
 * keys and values C·G·D, the feed-forward network C·F + F·C, three matrices when gated; one last
 * norm; the head C·V unless it is tied. With biases each matrix of a layer has one as wide as its
 * output, and a norm has beta beside gamma.
 * @param shape of the model; kvHeads as heads, tiedHead, biases and learnedPositions true, gated
 *   false unless given
 * @returns the exact number of weights
 * @throws when a size is no whole number of at least 1, heads do not divide the width, or kvHeads
 *   do not divide heads
 */
export function countParameters(shape: TransformerShape): number {
  const {
    layers,
    width: C,
    kvHeads,
    ffWidth: F,
    vocabulary: V,
    context,
    tiedHead,
    gated,
    biases,
    learnedPositions,
    D,
  } = completeShape("countParameters", shape);
  // yours
  const matrix = (dIn: number, dOut: number) => dIn * dOut + (biases ? dOut : 0);
  const norm = biases ? 2 * C : C;
  const attention = matrix(C, C) + 2 * matrix(C, kvHeads * D) + matrix(C, C);
  const feedForward = (gated ? 2 : 1) * matrix(C, F) + matrix(F, C);
  const tables = V * C + (learnedPositions ? context * C : 0);
  const head = tiedHead ? 0 : C * V;
  return tables + layers * (2 * norm + attention + feedForward) + norm + head;
}
