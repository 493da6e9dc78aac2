/** Random weights of a small sparse autoencoder, for the exercises in this folder. */
import type { Random } from "grader";

/** C: width of what it reads; F: how many latents. */
export function drawSae(random: Random, C: number, F: number) {
  return {
    encoder: random.normal([C, F], 1 / Math.sqrt(C)),
    bias: random.normal([F], 0.3),
    decoder: random.normal([F, C], 1 / Math.sqrt(F)),
    center: random.normal([C], 0.5),
  };
}
