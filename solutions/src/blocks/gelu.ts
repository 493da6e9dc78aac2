/**
 * GELU, the Gaussian error linear unit of BERT and ViT (Hendrycks & Gimpel 2016, arXiv:1606.08415).
 * It multiplies x by the probability that a standard normal number lies below x: a ReLU with a soft
 * knee.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectDtype } from "../shared/shapes";

/**
 * x·Φ(x) = x/2 · (1 + erf(x/√2)), element by element.
 * @param x float32, any shape
 * @returns the shape of x
 * @throws when x is not float32
 */
export function gelu(x: tf.Tensor): tf.Tensor {
  expectDtype("gelu", "x", x, "float32");
  // yours
  return tf.tidy(() => x.mul(x.mul(Math.SQRT1_2).erf().add(1).mul(0.5)));
}
