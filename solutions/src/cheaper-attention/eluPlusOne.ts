/** The feature map of linear attention (Katharopoulos et al. 2020, arXiv:2006.16236, eq. 7). */
import * as tf from "@tensorflow/tfjs-core";

/**
 * φ(x) = elu(x) + 1, that is x + 1 where x > 0, else exp(x). It is written so that small values
 * don't vanish in (exp(x) − 1) + 1.
 * @param x any shape
 * @returns the shape of x
 */
export function eluPlusOne(x: tf.Tensor): tf.Tensor {
  return tf.tidy(() => x.relu().add(x.minimum(0).exp()));
}
