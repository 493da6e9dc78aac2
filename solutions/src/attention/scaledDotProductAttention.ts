/**
 * Scaled dot-product attention (Vaswani et al. 2017, arXiv:1706.03762, eq. 1), with the mask of
 * §3.2.3 and an additive bias. Dropout on the weights is left out.
 */
import * as tf from "@tensorflow/tfjs-core";
import { softmax } from "../shared/softmaxWithGradient";
import { attendToNothing } from "../shared/attendToNothing";
import { expectHeads } from "../shared/attentionChecks";

/**
 * output = weights·v with weights = softmax(q·kᵀ·scale + bias) over the keys that the mask allows.
 * A query that may attend to no key gets zeros.
 * @param q [B, H, T, D]
 * @param k [B, H, S, D]
 * @param v [B, H, S, D]
 * @param options.mask any dtype, broadcasts to [B, H, T, S]; 1 where a query may attend, 0 where it
 *   may not
 * @param options.bias broadcasts to [B, H, T, S]
 * @param options.scale 1/√D unless given
 * @returns output [B, H, T, D] and weights [B, H, T, S], whose rows sum to one, or are zeros where
 *   a query may attend to no key
 * @throws when shapes do not fit or the scale is not a finite number
 */
export function scaledDotProductAttention(
  q: tf.Tensor,
  k: tf.Tensor,
  v: tf.Tensor,
  options: { mask?: tf.Tensor; bias?: tf.Tensor; scale?: number } = {},
): { output: tf.Tensor; weights: tf.Tensor } {
  const { mask, bias } = options;
  const { B, H, T, S, D, scale } = expectHeads("scaledDotProductAttention", q, k, v, options);
  if (T === 0 || S === 0) return attendToNothing(q, k, v, [B, H, T, S, D]);
  // yours
  return tf.tidy(() => {
    let scores = q.mul(scale).matMul(k, false, true); // [B, H, T, S]
    if (bias) scores = scores.add(bias);
    // a small mask stays small until it is added
    if (mask) scores = scores.add(tf.where(mask.notEqual(0), 0, -Infinity));
    const weights = softmax(scores);
    return { output: weights.matMul(v), weights }; // [B, H, T, D]
  });
}
