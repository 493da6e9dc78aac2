/**
 * GELU's older approximation by tanh (Hendrycks & Gimpel 2016, arXiv:1606.08415, section 2). GPT-2
 * was trained with it; with the exact form, its outputs change in the fourth digit.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectDtype } from "../shared/shapes";

/**
 * x/2 · (1 + tanh(√(2/π)·(x + 0.044715·x³))), element by element.
 * @param x float32, any shape
 * @returns the shape of x
 * @throws when x is not float32
 */
export function geluTanh(x: tf.Tensor): tf.Tensor {
  expectDtype("geluTanh", "x", x, "float32");
  return tf.tidy(() => {
    // beyond ±10 tanh is ±1 in float32, and x³ could overflow, with a gradient of NaN
    const z = x.clipByValue(-10, 10);
    const inner = z.add(z.square().mul(z).mul(0.044715)).mul(Math.sqrt(2 / Math.PI));
    return x.mul(inner.tanh().add(1).mul(0.5));
  });
}
