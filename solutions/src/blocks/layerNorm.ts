/**
 * Layer normalization (Ba, Kiros & Hinton 2016, arXiv:1607.06450, eq. 3).
 * It centers the features of each token, scales them to variance one, and lets two learned vectors
 * stretch and shift them.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectDtype, expectShape, lastAxis } from "../shared/shapes";

/**
 * (x − mean(x)) / √(var(x) + eps) · gamma + beta, over the last axis; var divides by C.
 * @param x float32 [..., C], up to 1e17 in size; sums of larger squares can overflow
 * @param gamma [C], the learned scale
 * @param beta [C], the learned shift
 * @param eps added to the variance, 1e-5 as in PyTorch
 * @returns [..., C]
 * @throws when x is not float32, or gamma or beta does not have C entries
 */
export function layerNorm(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor, eps = 1e-5): tf.Tensor {
  const C = lastAxis("layerNorm", "x", x);
  expectDtype("layerNorm", "x", x, "float32");
  expectShape("layerNorm", "gamma", gamma, [C]);
  expectShape("layerNorm", "beta", beta, [C]);
  // yours
  return tf.tidy(() => {
    const centered = x.sub(x.mean(-1, true));
    const variance = centered.square().mean(-1, true); // [..., 1]
    return centered.mul(variance.add(eps).rsqrt()).mul(gamma).add(beta);
  });
}
