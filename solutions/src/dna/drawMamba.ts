/** Random weights of a Mamba block, for the cases of exercises. */
import type { Random } from "grader";

/** The names of the weights. */
export const WEIGHTS = [
  "wIn",
  "conv",
  "convBias",
  "wX",
  "wDelta",
  "bDelta",
  "aLog",
  "skip",
  "wOut",
];

/** @param n states per channel; r the rank of the step sizes */
export const drawMamba = (
  random: Random,
  C: number,
  E: number,
  n: number,
  r: number,
  width = 4,
) => ({
  wIn: random.normal([C, 2 * E], 1 / Math.sqrt(C)),
  conv: random.normal([E, width], 0.6),
  convBias: random.normal([E], 0.3),
  wX: random.normal([E, r + 2 * n], 1 / Math.sqrt(E)),
  wDelta: random.normal([r, E], 1 / Math.sqrt(r)),
  bDelta: random.uniform([E], -2, 1),
  aLog: random.uniform([E, n], -1, 1.5),
  skip: random.normal([E]),
  wOut: random.normal([E, C], 1 / Math.sqrt(E)),
});
