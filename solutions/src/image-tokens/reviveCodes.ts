/**
 * Dead codes: a code that no vector is near never moves, so it is moved to where vectors are
 * (Dhariwal et al. 2020, arXiv:2005.00341, §3.1, random restarts).
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectShape } from "../shared/shapes";
import type { EmaCodebook } from "./updateCodebook";

/**
 * Replaces each code whose count lies below `share` of the mean count by a vector of this batch,
 * with the mean count as its history.
 * @param state the codebook and its averages, K codes of width D
 * @param candidates float32 [K, D], for each code the vector that replaces it if it is dead, drawn
 *   at random from this batch
 * @param share 0.02 unless given
 * @returns the new state; the old one stays as it is and is the caller's to dispose of
 * @throws when candidates do not fit the codebook
 */
export function reviveCodes(state: EmaCodebook, candidates: tf.Tensor, share = 0.02): EmaCodebook {
  expectShape("reviveCodes", "candidates", candidates, state.codebook.shape);
  return tf.tidy(() => {
    const mean = state.counts.mean();
    const dead = state.counts.less(mean.mul(share)); // [K]
    const row = dead.expandDims(-1); // [K, 1]
    return {
      codebook: tf.where(row, candidates, state.codebook),
      counts: tf.where(dead, mean, state.counts),
      sums: tf.where(row, candidates.mul(mean), state.sums),
    };
  });
}
