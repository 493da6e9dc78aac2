/**
 * FlashAttention-2 (Dao 2023, arXiv:2307.08691) as one differentiable function: its forward pass
 * joined to its backward pass.
 */
import * as tf from "@tensorflow/tfjs-core";
import { flashBackward } from "./flashBackward";
import { flashForward } from "./flashForward";
import { expectFlash, type FlashOptions, type FlashResult } from "./flashGrid";

/**
 * output = softmax(q·kᵀ·scale)·v and logSumExp = log Σ exp(q·kᵀ·scale). Both are differentiable, in
 * memory that grows with T, not T², forward and backward. A query that sees no key (no keys at all,
 * or more queries than keys when causal) gets zeros and −∞. Gradients of gradients are not
 * supported.
 * @param q [B, H, T, D]
 * @param k [B, H, S, D]
 * @param v [B, H, S, D]
 * @param options.causal no query sees a later key, where the queries are the last T of the S
 *   tokens; false unless given
 * @param options.blockQ queries in a tile, 512 unless given; it doesn't have to divide T
 * @param options.blockK keys in a tile, 512 unless given; it doesn't have to divide S
 * @param options.scale 1/√D unless given
 * @returns output [B, H, T, D], logSumExp [B, H, T]
 * @throws when shapes do not fit, a block is not a whole number of at least 1, or the scale is not
 *   a finite number
 */
export function flashAttention(
  q: tf.Tensor,
  k: tf.Tensor,
  v: tf.Tensor,
  options: FlashOptions = {},
): FlashResult {
  const { B, H, T, D, scale, grid } = expectFlash("flashAttention", q, k, v, options);
  const { causal } = grid;
  // yours
  // customGrad allows one result, so logSumExp travels as one more feature of the output
  const join = ({ output, logSumExp }: FlashResult) =>
    tf.concat([output, logSumExp.expandDims(3)], 3); // [B, H, T, D + 1]
  const part = (both: tf.Tensor) => ({
    output: both.slice([0, 0, 0, 0], [B, H, T, D]),
    logSumExp: both.slice([0, 0, 0, D], [B, H, T, 1]).squeeze([3]),
  });
  const attend = tf.customGrad((...inputs) => {
    const [q, k, v, save] = inputs as unknown as [tf.Tensor, tf.Tensor, tf.Tensor, tf.GradSaveFunc];
    // a device may have a kernel of its own, with its own tiles
    const value = tf.getKernel("FlashAttention", tf.getBackend())
      ? tf.engine().runKernel<tf.Tensor>("FlashAttention", { q: q.mul(scale), k, v }, { causal })
      : join(flashForward(q, k, v, options));
    save([q, k, v, value]);
    return {
      value,
      gradFunc: (dy: tf.Tensor, [q, k, v, value]: tf.Tensor[]) => {
        const { dq, dk, dv } = flashBackward(q!, k!, v!, part(value!), part(dy), options);
        return [dq, dk, dv];
      },
    };
  });
  return tf.tidy(() => part(attend(q, k, v)));
}
