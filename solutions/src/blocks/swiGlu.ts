/**
 * SwiGLU, the gated feed-forward network (Shazeer 2020, arXiv:2002.05202, eq. 6), in Llama's form.
 * One projection decides how much of the other passes. With F at 2/3 of the usual 4·C, its three
 * matrices have as many weights as the usual two.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectDtype, expectShape, lastAxis } from "../shared/shapes";
import { linear } from "../shared/linearWithGradient";
import { silu } from "./silu";

/**
 * (silu(x·gate) ∘ (x·up))·down, no biases.
 * @param x float32 [..., C]
 * @param params gate [C, F], up [C, F], down [F, C]
 * @returns [..., C]
 * @throws when x is not float32 or a weight does not fit
 */
export function swiGlu(
  x: tf.Tensor,
  params: { gate: tf.Tensor; up: tf.Tensor; down: tf.Tensor },
): tf.Tensor {
  const { gate, up, down } = params;
  const C = lastAxis("swiGlu", "x", x);
  expectDtype("swiGlu", "x", x, "float32");
  expectShape("swiGlu", "gate", gate, [C, "F"]);
  expectShape("swiGlu", "up", up, gate.shape);
  expectShape("swiGlu", "down", down, [gate.shape[1]!, "C"]);
  // yours
  return tf.tidy(() => {
    const gated = silu(linear(x, gate)).mul(linear(x, up)); // [..., F]
    return linear(gated, down);
  });
}
