/**
 * A choice, such as the largest k numbers, has no slope, and tfjs stops where it finds none. Here
 * it is made where no gradient is recorded.
 */
import * as tf from "@tensorflow/tfjs-core";

/**
 * choose(x), which counts as a constant when differentiated.
 * @param x float32, any shape
 * @param choose any function of x, with operations that have no gradient, too
 * @returns what choose returns; its gradient with respect to x is zero
 */
export function asConstant(x: tf.Tensor, choose: (x: tf.Tensor) => tf.Tensor): tf.Tensor {
  return tf.customGrad((x) => ({
    value: choose(x as tf.Tensor),
    gradFunc: () => tf.zeros((x as tf.Tensor).shape),
  }))(x);
}
