/**
 * Stop-gradient, written sg in van den Oord et al. 2017 (arXiv:1711.00937, eq. 3): a value that
 * counts as a constant when differentiated.
 */
import * as tf from "@tensorflow/tfjs-core";

/**
 * Forward x itself, backward nothing.
 * @param x float32, any shape
 * @returns the shape and values of x; its gradient with respect to x is zero
 */
export function stopGradient(x: tf.Tensor): tf.Tensor {
  return tf.customGrad((value) => ({
    value: (value as tf.Tensor).clone(),
    gradFunc: () => tf.zeros(x.shape),
  }))(x);
}
