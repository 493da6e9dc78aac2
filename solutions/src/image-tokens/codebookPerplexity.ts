/**
 * How much of a codebook is in use: the number of equally frequent codes that would leave you just
 * as uncertain which one comes next.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectCodeIds } from "./checks";

/** The least positive normal float32: 0 · log(TINY) is 0, where 0 · log(0) would be NaN. */
// given
const TINY = 1.1754943508222875e-38;

/**
 * exp(−Σ_k p_k·log p_k), where p_k is the share of ids that are k. It is 1 when only one code is
 * used and K when all codes are used equally often.
 * @param ids int32, any shape with at least one element
 * @param codes K, the number of codes in the codebook
 * @returns a scalar, which has no gradient
 * @throws when there are no ids, one lies outside the codebook, or codes is not a whole number of
 *   at least 1
 */
export function codebookPerplexity(ids: tf.Tensor, codes: number): tf.Tensor {
  if (!Number.isInteger(codes) || codes < 1) {
    throw new Error(
      `codebookPerplexity: expected codes to be a whole number of at least 1, got ${codes}`,
    );
  }
  expectCodeIds("codebookPerplexity", ids, codes);
  if (ids.size === 0) {
    throw new Error("codebookPerplexity: expected at least one entry in ids, got none");
  }
  // yours
  return tf.tidy(() => {
    const shares = tf.bincount(ids.flatten(), tf.tensor1d([]), codes).div(ids.size); // [K]
    return shares.mul(shares.maximum(TINY).log()).sum().neg().exp();
  });
}
