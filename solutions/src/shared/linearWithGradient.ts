/**
 * linear with its gradient written out: one pass if the device has a kernel, the plain function
 * everywhere else. Models use this version; a test compares it with the plain one.
 */
import * as tf from "@tensorflow/tfjs-core";
import { deviceKernel, recordsGradients } from "./deviceKernel";
import { expectDtype, expectShape } from "./shapes";
import { withGradient } from "./withGradient";
import { linear as plain } from "../blocks/linear";

/**
 * x·w + b. Backward, with dy = ∂L/∂y:
 *   ∂L/∂x = dy·wᵀ,  ∂L/∂w = xᵀ·dy,  ∂L/∂b = Σ dy over all tokens
 * @param x float32 [..., dIn]
 * @param w [dIn, dOut]
 * @param b [dOut]; if left out, nothing is added
 * @returns [..., dOut]
 * @throws when x isn't float32, or the shapes don't fit
 */
export function linear(x: tf.Tensor, w: tf.Tensor, b?: tf.Tensor): tf.Tensor {
  if (!b && x.rank > 2 && !recordsGradients()) return product(x, w);
  const kernel = b && x.dtype === "float32" && x.size > 0 ? deviceKernel("Linear") : undefined;
  if (!b || !kernel) return plain(x, w, b);
  expectShape("linear", "w", w, [x.shape.at(-1)!, "dOut"]);
  expectShape("linear", "b", b, [w.shape[1]!]);
  const differentiable = withGradient((x, w, b) => ({
    value: kernel({ x, w, b })[0],
    saved: [x, w],
    gradient: (dy, x, w) => deviceKernel("LinearGrad")!({ x, w, dy }),
  }));
  return differentiable(x, w, b);
}

/** x·w as one operation, whose gradient tfjs does not have beyond rank 2. */
function product(x: tf.Tensor, w: tf.Tensor): tf.Tensor {
  expectDtype("linear", "x", x, "float32");
  expectShape("linear", "w", w, [x.shape.at(-1)!, "dOut"]);
  return x.size === 0 ? plain(x, w) : x.matMul(w);
}
