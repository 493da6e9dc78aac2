/**
 * A codebook without a gradient: each code is the moving average of the vectors that chose it,
 * online k-means (van den Oord et al. 2017, arXiv:1711.00937, appendix A.1). The Laplace smoothing
 * comes from DeepMind's Sonnet; it keeps a code that no vector chose from a division by zero.
 * Sonnet's correction of the first averages is left out.
 */
import * as tf from "@tensorflow/tfjs-core";
import { oneHot } from "../orientation/oneHot";
import { expectDtype, expectShape } from "../shared/shapes";
import { expectCodeIds } from "./checks";

/**
 * The codebook [K, D] and two moving averages: counts [K], how many vectors chose each code, and
 * sums [K, D], the sum of these vectors. It is a type because tf.tidy doesn't accept an interface
 * as its result.
 */
export type EmaCodebook = { codebook: tf.Tensor; counts: tf.Tensor; sums: tf.Tensor };

/** The least positive normal float32: what is zero divided by it stays zero. */
// given
const TINY = 1.1754943508222875e-38;

/**
 * One step of the moving averages. Of the vectors z_i, n_k chose code k:
 *   counts_k ← decay·counts_k + (1 − decay)·n_k
 *   sums_k ← decay·sums_k + (1 − decay)·(the sum of these z_i)
 *   codebook_k = sums_k / smoothed_k,   smoothed_k = (counts_k + ε)/(Σ counts + K·ε) · Σ counts
 * Where smoothed_k is 0, which takes ε = 0, sums_k is divided by the least positive float32.
 * @param state what the last call returned; at the start, counts of one and sums equal to the
 *   codebook
 * @param z float32 [N, D], the vectors, at least one
 * @param ids int32 [N], the code that each vector chose
 * @param decay the share of the old averages that stays, from 0 to 1; 0.99 in the paper
 * @param epsilon ε, 1e-5 unless given
 * @returns the new state; the old one stays as it is and is the caller's to dispose of
 * @throws when shapes do not fit, an id lies outside the codebook, or decay or epsilon is out of
 *   range
 */
export function updateCodebook(
  state: EmaCodebook,
  z: tf.Tensor,
  ids: tf.Tensor,
  decay: number,
  epsilon = 1e-5,
): EmaCodebook {
  expectUpdate(state, z, ids, decay, epsilon);
  const K = state.codebook.shape[0]!;
  // yours
  return tf.tidy(() => {
    const average = (old: tf.Tensor, now: tf.Tensor) => old.mul(decay).add(now.mul(1 - decay));
    const chosen = oneHot(ids, K); // [N, K]
    const counts = average(state.counts, chosen.sum(0)); // [K]
    const sums = average(state.sums, chosen.matMul(z, true, false)); // [K, D]
    const total = counts.sum();
    const shares = counts.add(epsilon).div(total.add(K * epsilon));
    const smoothed = shares.mul(total);
    const codebook = sums.div(smoothed.maximum(TINY).expandDims(-1));
    return { codebook, counts, sums };
  });
}

// given
function expectUpdate(
  state: EmaCodebook,
  z: tf.Tensor,
  ids: tf.Tensor,
  decay: number,
  epsilon: number,
): void {
  expectShape("updateCodebook", "state.codebook", state.codebook, ["K", "D"]);
  const [K, D] = state.codebook.shape as [number, number];
  expectShape("updateCodebook", "state.counts", state.counts, [K]);
  expectShape("updateCodebook", "state.sums", state.sums, [K, D]);
  expectShape("updateCodebook", "z", z, ["N", D]);
  expectDtype("updateCodebook", "z", z, "float32");
  if (z.shape[0] === 0) {
    throw new Error("updateCodebook: expected z with at least one row, got none");
  }
  expectShape("updateCodebook", "ids", ids, [z.shape[0]!]);
  expectCodeIds("updateCodebook", ids, K);
  if (!(decay >= 0 && decay <= 1)) {
    throw new Error(`updateCodebook: expected decay from 0 to 1, got ${decay}`);
  }
  if (!(epsilon >= 0 && Number.isFinite(epsilon))) {
    throw new Error(
      `updateCodebook: expected epsilon to be a number of at least 0, got ${epsilon}`,
    );
  }
}
