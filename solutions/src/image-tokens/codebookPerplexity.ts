/**
 * How much of a codebook is in use: among how many equally frequent codes one would waver as much.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectCodeIds } from "./checks";

/** The least positive normal float32: 0 · log(TINY) is 0, where 0 · log(0) would be NaN. */
// given
const TINY = 1.1754943508222875e-38;

/**
 * exp(−Σ_k p_k·log p_k), p_k the share of ids that are k; 1 when one code is used throughout, K
 * when all are used alike.
 * @param ids int32, any shape with at least one element
 * @param codes K, the number of codes in the codebook
 * @returns a scalar; it has no gradient
 * @throws when there are no ids, one lies outside the codebook, or codes is no whole number from 1
 */
export function codebookPerplexity(ids: tf.Tensor, codes: number): tf.Tensor {
  if (!Number.isInteger(codes) || codes < 1) {
    throw new Error(`codebookPerplexity: expected codes to be a whole number from 1, got ${codes}`);
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
