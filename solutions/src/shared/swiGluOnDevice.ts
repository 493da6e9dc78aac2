/**
 * swiGlu as one kernel, or its gate as one pass, if the device has it and no gradient is recorded,
 * the plain function everywhere else. Models use this version; a test compares it with the plain one.
 */
import * as tf from "@tensorflow/tfjs-core";
import { inferenceKernel } from "./deviceKernel";
import { expectSwiGlu } from "./layerChecks";
import { linear } from "./linearWithGradient";
import { expectDtype, lastAxis } from "./shapes";
import { swiGlu as plain } from "../blocks/swiGlu";

/**
 * (silu(x·gate) ∘ (x·up))·down, no biases.
 * @param x float32 [..., C]
 * @param params gate [C, F], up [C, F], down [F, C]
 * @returns [..., C]
 * @throws when x isn't float32 or a weight doesn't fit
 */
export function swiGlu(
  x: tf.Tensor,
  params: { gate: tf.Tensor; up: tf.Tensor; down: tf.Tensor },
): tf.Tensor {
  const layer = x.size > 0 ? inferenceKernel("SwiGlu") : undefined;
  const kernel = x.size > 0 ? (layer ?? inferenceKernel("GatedSilu")) : undefined;
  if (!kernel) return plain(x, params);
  expectDtype("swiGlu", "x", x, "float32");
  expectSwiGlu("swiGlu", "", params, lastAxis("swiGlu", "x", x));
  const { gate, up, down } = params;
  if (layer) return layer({ x, gate, up, down })[0];
  return tf.tidy(() => {
    const [gated] = kernel({ a: linear(x, gate), b: linear(x, up) }); // [..., F]
    return linear(gated, down);
  });
}
