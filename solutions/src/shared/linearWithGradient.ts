/**
 * linear with its gradient written out: one pass where the device has a kernel, the plain one
 * elsewhere. Models use this one; a test holds it to the plain one.
 */
import * as tf from "@tensorflow/tfjs-core";
import { deviceKernel } from "./deviceKernel";
import { expectShape } from "./shapes";
import { linear as plain } from "../blocks/linear";

/**
 * x·w + b. Backward, with dy = ∂L/∂y: ∂L/∂x = dy·wᵀ, ∂L/∂w = xᵀ·dy and ∂L/∂b = Σ dy over all
 * tokens.
 * @param x float32 [..., dIn]
 * @param w [dIn, dOut]
 * @param b [dOut]; left out, nothing is added
 * @returns [..., dOut]
 * @throws when x is not float32, or the shapes do not fit
 */
export function linear(x: tf.Tensor, w: tf.Tensor, b?: tf.Tensor): tf.Tensor {
  const kernel = b && x.dtype === "float32" && x.size > 0 ? deviceKernel("Linear") : undefined;
  if (!b || !kernel) return plain(x, w, b);
  expectShape("linear", "w", w, [x.shape.at(-1)!, "dOut"]);
  expectShape("linear", "b", b, [w.shape[1]!]);
  const differentiable = tf.customGrad((...inputs) => {
    const [x, w, b, save] = inputs as unknown as [tf.Tensor, tf.Tensor, tf.Tensor, tf.GradSaveFunc];
    save([x, w]);
    return {
      value: kernel({ x, w, b })[0],
      gradFunc: (dy: tf.Tensor, [x, w]: tf.Tensor[]) =>
        deviceKernel("LinearGrad")!({ x: x!, w: w!, dy }),
    };
  });
  return tf.tidy(() => differentiable(x, w, b));
}
