/** A number for each row of a batch. */
import * as tf from "@tensorflow/tfjs-core";

/**
 * Gives values axes of length 1, so that they broadcast over the rows of x.
 * @param values [B]
 * @param x [B, …], any rank from 1 on
 * @returns [B, 1, …], of x's rank
 */
export function perRow(values: tf.Tensor, x: tf.Tensor): tf.Tensor {
  return values.reshape([-1, ...x.shape.slice(1).map(() => 1)]);
}
