/**
 * A short convolution of each channel that only looks back, as in Hyena (Poli et al. 2023,
 * arXiv:2302.10866) and Mamba (Gu & Dao 2023, arXiv:2312.00752). It is a sum of shifted sequences,
 * because tfjs has no gradient of depthwise filters on WASM.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectFloats } from "../shared/shapes";

/**
 * Filters each channel by itself: y_t = Σ_j w_j·x_{t − (K − 1 − j)} + b.
 * The last column of w meets the current token; everything before the start is 0.
 * @param x [B, T, C]
 * @param w [C, K], as in PyTorch's depthwise Conv1d
 * @param b [C], default no bias
 * @returns [B, T, C]
 * @throws when shapes or dtypes don't fit
 */
export function causalConvolution(x: tf.Tensor, w: tf.Tensor, b?: tf.Tensor): tf.Tensor {
  expectFloats("causalConvolution", "x", x, ["B", "T", "C"]);
  const [B, T, C] = x.shape as [number, number, number];
  expectFloats("causalConvolution", "w", w, [C, "K"]);
  if (b) expectFloats("causalConvolution", "b", b, [C]);
  const K = w.shape[1]!;
  if (K === 0) {
    throw new Error(`causalConvolution: expected w with at least one column, got [${C}, 0]`);
  }
  // yours
  return tf.tidy(() => {
    const padded = tf.concat([tf.zeros([B, K - 1, C]), x], 1); // [B, K − 1 + T, C]
    const terms = Array.from({ length: K }, (_, j) => {
      const column = w.slice([0, j], [C, 1]).reshape([C]);
      return padded.slice([0, j, 0], [B, T, C]).mul(column);
    });
    const y = terms.reduce((sum, term) => sum.add(term));
    return b ? y.add(b) : y;
  });
}
