/**
 * Root-mean-square normalization, as in Llama and T5 (Zhang & Sennrich 2019, arXiv:1910.07467,
 * eq. 4). It scales the features of each token to a mean square of one. Unlike LayerNorm, it
 * doesn't center them.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectDtype, expectShape, lastAxis } from "../shared/shapes";

/**
 * x / √(mean(x²) + eps) · gamma, over the last axis.
 * @param x float32 [..., C], up to 1e17 in size; sums of larger squares can overflow
 * @param gamma [C], the learned scale
 * @param eps added to the mean square, 1e-6 as in Llama
 * @returns [..., C]
 * @throws when x is not float32 or gamma does not have C entries
 */
export function rmsNorm(x: tf.Tensor, gamma: tf.Tensor, eps = 1e-6): tf.Tensor {
  const C = lastAxis("rmsNorm", "x", x);
  expectDtype("rmsNorm", "x", x, "float32");
  expectShape("rmsNorm", "gamma", gamma, [C]);
  // yours
  return tf.tidy(() => {
    const meanSquare = x.square().mean(-1, true); // [..., 1]
    return x.mul(meanSquare.add(eps).rsqrt()).mul(gamma);
  });
}
