/**
 * Dropout (Srivastava, Hinton, Krizhevsky, Sutskever & Salakhutdinov 2014), in its inverted form:
 * what is kept is scaled up during training, so that nothing has to change afterwards. The random
 * numbers are an argument, so that the same numbers drop the same places.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectDtype, expectShape } from "../shared/shapes";

/**
 * x / (1 − rate) where uniform ≥ rate, else 0: the expected value stays x.
 * @param x float32, any shape
 * @param rate the share that is dropped, 0 ≤ rate < 1
 * @param uniform numbers from [0, 1) in the shape of x
 * @returns the shape of x
 * @throws when x is not float32, rate lies outside [0, 1) or uniform has another shape
 */
export function dropout(x: tf.Tensor, rate: number, uniform: tf.Tensor): tf.Tensor {
  expectDtype("dropout", "x", x, "float32");
  if (!(rate >= 0 && rate < 1)) {
    throw new Error(`dropout: expected rate to be at least 0 and below 1, got ${rate}`);
  }
  expectShape("dropout", "uniform", uniform, x.shape);
  // yours
  return tf.tidy(() => {
    const keep = uniform.greaterEqual(rate).cast("float32");
    // in this order, since x / (1 − rate) may overflow, and ∞ · 0 is NaN
    return x.mul(keep).div(1 - rate);
  });
}
