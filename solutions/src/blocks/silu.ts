/**
 * SiLU, also called swish (Hendrycks & Gimpel 2016, arXiv:1606.08415; Ramachandran, Zoph & Le 2017,
 * arXiv:1710.05941). It is the gate of Llama's feed-forward layer; see swiGlu.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectDtype } from "../shared/shapes";

/**
 * x·σ(x) = x / (1 + exp(−x)), element by element.
 * @param x float32, any shape
 * @returns the shape of x
 * @throws when x is not float32
 */
export function silu(x: tf.Tensor): tf.Tensor {
  expectDtype("silu", "x", x, "float32");
  return tf.tidy(() => x.mul(x.sigmoid()));
}
