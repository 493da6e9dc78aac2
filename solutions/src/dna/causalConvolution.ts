/**
 * A short convolution for each channel by itself that looks back only, as in Hyena (Poli et al.
 * 2023, arXiv:2302.10866) and Mamba (Gu & Dao 2023, arXiv:2312.00752). As a sum of shifted
 * sequences, since tfjs has no gradient of depthwise filters on WASM.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectFloats } from "../shared/shapes";

/**
 * y_t = Σ_j w_j·x_{t − (K − 1 − j)} + b for each channel: the last column of w meets the present
 * token, what lies before the start is 0.
 * @param x [B, T, C]
 * @param w [C, K], laid out as torch's depthwise Conv1d
 * @param b [C], left out for no bias
 * @returns [B, T, C]
 * @throws when shapes or dtypes do not fit
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
    const terms = Array.from({ length: K }, (_, j) =>
      padded.slice([0, j, 0], [B, T, C]).mul(w.slice([0, j], [C, 1]).reshape([C])),
    );
    const y = terms.reduce((sum, term) => sum.add(term));
    return b ? y.add(b) : y;
  });
}
