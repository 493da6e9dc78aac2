/**
 * Softmax (Bridle 1990; Goodfellow, Bengio & Courville 2016, eq. 4.1 for the shift).
 * It turns scores into shares that add up to one and keeps their order.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectDtype, lastAxis } from "../shared/shapes";

/** The most negative number that float32 holds. */
// given
const LOWEST = -3.4028234663852886e38;

/**
 * exp(x) / Σ exp(x) over the last axis, also where exp(x) itself would be infinite.
 * A row that is all −∞ gives zeros, and so does its gradient.
 * @param x float32 [..., C], finite or −∞
 * @returns [..., C], rows that add up to one
 * @throws when x is a scalar or not float32
 */
export function softmax(x: tf.Tensor): tf.Tensor {
  lastAxis("softmax", "x", x);
  expectDtype("softmax", "x", x, "float32");
  // yours
  return tf.tidy(() => {
    // −∞ − LOWEST is −∞, while −∞ − (−∞) would be NaN
    const top = x.max(-1, true).maximum(LOWEST); // [..., 1]
    const e = x.sub(top).exp();
    // the largest score alone gives exp(0) = 1, so only a row of −∞ is below one
    return e.div(e.sum(-1, true).maximum(1));
  });
}
