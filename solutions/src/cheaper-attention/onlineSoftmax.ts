/**
 * Online softmax (Milakov & Gimelshein 2018, arXiv:1805.02867, algorithm 3), block by block: one
 * pass finds both the largest score and the sum of exponentials, for which plain softmax reads all
 * scores twice. FlashAttention builds on it.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectCount, expectDtype, lastAxis } from "../shared/shapes";

/** The most negative float32: subtracting it from −∞ gives −∞, while (−∞) − (−∞) would be NaN. */
// given
const LOWEST = -3.4028234663852886e38;

/**
 * exp(x − max(x)) / Σ exp(x − max(x)), over the last axis.
 * Each block moves the running maximum m to m′ and the sum d to d·exp(m − m′) + Σ exp(block − m′).
 * A row that is all −∞ gives zeros.
 * @param x float32 [..., C], finite or −∞
 * @param block how many scores are read at a time; it doesn't have to divide C
 * @returns [..., C], rows that add up to one
 * @throws when x is a scalar or not float32, or the block is not a whole number of at least 1
 */
export function onlineSoftmax(x: tf.Tensor, block: number): tf.Tensor {
  const C = lastAxis("onlineSoftmax", "x", x);
  expectDtype("onlineSoftmax", "x", x, "float32");
  expectCount("onlineSoftmax", "block", block);
  // yours
  return tf.tidy(() => {
    const rest = x.shape.slice(0, -1);
    let top: tf.Tensor = tf.fill([...rest, 1], LOWEST);
    let sum: tf.Tensor = tf.zeros([...rest, 1]);
    for (let start = 0; start < C; start += block) {
      const size = Math.min(block, C - start);
      const part = x.slice([...rest.map(() => 0), start], [...rest, size]);
      const newTop = top.maximum(part.max(-1, true)); // [..., 1]
      sum = sum.mul(top.sub(newTop).exp()).add(part.sub(newTop).exp().sum(-1, true));
      top = newTop;
    }
    // the largest score alone gives exp(0) = 1, so only a row of −∞ is below one
    return x.sub(top).exp().div(sum.maximum(1));
  });
}
