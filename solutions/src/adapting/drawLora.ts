/** Random matrices of LoRA, for the exercises in this folder. */
import type { Random } from "grader";

/** For a matrix of C rows and D columns, with rank r. */
export function drawLora(random: Random, C: number, D: number, r: number) {
  return { a: random.normal([C, r], 1 / Math.sqrt(C)), b: random.normal([r, D], 0.5) };
}
