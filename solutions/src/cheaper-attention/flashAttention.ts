/**
 * FlashAttention-2 (Dao 2023, arXiv:2307.08691) as one differentiable function: its forward pass
 * joined to its backward pass.
 */
import * as tf from "@tensorflow/tfjs-core";
import { flashBackward } from "./flashBackward";
import { flashForward } from "./flashForward";
import { expectFlash, type FlashOptions, type FlashResult } from "./flashGrid";

/**
 * output = softmax(q·kᵀ·scale)·v and logSumExp = log Σ exp(q·kᵀ·scale), differentiable both, in
 * memory that grows with T, backward too. A query that sees no key (no keys at all, or more queries
 * than keys when causal) gets zeros and −∞. Gradients of gradients are not supported.
 * @param q [B, H, T, D]
 * @param k [B, H, S, D]
 * @param v [B, H, S, D]
 * @param options.causal no query sees a later key, the queries being the last T of S tokens; false
 *   unless given
 * @param options.blockQ queries in a tile, 512 unless given; it need not divide T
 * @param options.blockK keys in a tile, 512 unless given; it need not divide S
 * @param options.scale 1/√D unless given
 * @returns output [B, H, T, D], logSumExp [B, H, T]
 * @throws when shapes do not fit, a block is no whole number of at least 1, or the scale is no
 *   number
 */
export function flashAttention(
  q: tf.Tensor,
  k: tf.Tensor,
  v: tf.Tensor,
  options: FlashOptions = {},
): FlashResult {
  const {
    B,
    H,
    T,
    D,
    scale,
    grid: { causal },
  } = expectFlash("flashAttention", q, k, v, options);
  // yours
  // customGrad knows one result, so that logSumExp travels as one more feature of the output
  const join = ({ output, logSumExp }: FlashResult) =>
    tf.concat([output, logSumExp.expandDims(3)], 3); // [B, H, T, D + 1]
  const part = (both: tf.Tensor): FlashResult => ({
    output: both.slice([0, 0, 0, 0], [B, H, T, D]),
    logSumExp: both.slice([0, 0, 0, D], [B, H, T, 1]).squeeze([3]),
  });
  const attend = tf.customGrad((...inputs) => {
    const [q, k, v, save] = inputs as unknown as [tf.Tensor, tf.Tensor, tf.Tensor, tf.GradSaveFunc];
    // a device may have one of its own, with its own tiles
    const value = tf.getKernel("FlashAttention", tf.getBackend())
      ? tf.engine().runKernel<tf.Tensor>("FlashAttention", { q: q.mul(scale), k, v }, { causal })
      : join(flashForward(q, k, v, options));
    save([q, k, v, value]);
    return {
      value,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [q, k, v, value] = saved as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
        const { dq, dk, dv } = flashBackward(q, k, v, part(value), part(dy), options);
        return [dq, dk, dv];
      },
    };
  });
  return tf.tidy(
    () => part(attend(q, k, v)) as unknown as tf.TensorContainer,
  ) as unknown as FlashResult;
}
