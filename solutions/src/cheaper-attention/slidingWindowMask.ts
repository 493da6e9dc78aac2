/**
 * The mask of local attention (Beltagy, Peters & Cohan 2020, Longformer, arXiv:2004.05150, §3.1):
 * no token looks far.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectCount } from "../shared/shapes";

/**
 * mask[i, j] = 1 where |i − j| < window, and j ≤ i when causal; else 0.
 * @param length T
 * @param window how many tokens each token sees on each side, including itself
 * @param options.causal no token sees a later one; false unless given
 * @returns float32 [T, T]
 * @throws when a number is out of range
 */
export function slidingWindowMask(
  length: number,
  window: number,
  options: { causal?: boolean } = {},
): tf.Tensor {
  expectCount("slidingWindowMask", "length", length, 0);
  expectCount("slidingWindowMask", "window", window);
  // yours
  return tf.tidy(() => {
    const token = tf.range(0, length); // [T]
    const back = token.expandDims(1).sub(token); // [T, T], how far key j is before query i
    const near = back.abs().less(window);
    const seen = options.causal ? near.logicalAnd(back.greaterEqual(0)) : near;
    return seen.cast("float32");
  });
}
