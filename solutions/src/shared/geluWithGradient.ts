/**
 * gelu with its gradient written out, in a single pass over x if the device has a kernel, and the
 * plain function everywhere else. Models use this version; a test compares it with the plain one.
 */
import * as tf from "@tensorflow/tfjs-core";
import { gelu as plain } from "../blocks/gelu";
import { deviceKernel } from "./deviceKernel";
import { expectDtype } from "./shapes";
import { withGradient } from "./withGradient";

const differentiable = withGradient((x) => ({
  value: deviceKernel("Gelu")!({ x })[0],
  saved: [x],
  gradient: (dy, x) => deviceKernel("GeluGrad")!({ x, dy })[0],
}));

/**
 * x·Φ(x) = x/2 · (1 + erf(x/√2)), element by element. Backward, with the normal density φ:
 *   ∂L/∂x = dy·(Φ(x) + x·φ(x)),  φ(x) = exp(−x²/2)/√(2π)
 * @param x float32, any shape
 * @returns the shape of x
 * @throws when x isn't float32
 */
export function gelu(x: tf.Tensor): tf.Tensor {
  expectDtype("gelu", "x", x, "float32");
  return deviceKernel("Gelu") ? differentiable(x) : plain(x);
}
