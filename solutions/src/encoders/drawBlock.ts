/** Random weights of a block, for the exercises in this folder. */
import type { Random, Value } from "grader";
import { drawParams } from "../shared/drawParams";

type Params = { [name: string]: Value };

/** A norm's weights, far enough from 1 and 0 that a missing norm shows. */
export const drawNorm = (random: Random, C: number): Params => ({
  gamma: random.normal([C], 0.5),
  beta: random.normal([C], 0.5),
});

/** @param F width of the feed-forward network */
export function drawBlock(random: Random, C: number, F: number): Params {
  const mlp = {
    w1: random.normal([C, F], C ** -0.5),
    b1: random.normal([F], 0.5),
    w2: random.normal([F, C], F ** -0.5),
    b2: random.normal([C], 0.5),
  };
  const norm1 = drawNorm(random, C);
  const attention = drawParams(random, C, C, C);
  return { norm1, attention, norm2: drawNorm(random, C), mlp };
}
