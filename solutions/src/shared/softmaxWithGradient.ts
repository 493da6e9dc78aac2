/**
 * softmax with its gradient written out. tfjs finds the gradient of the plain one step by step,
 * also that of the subtracted maximum, which is always zero; models use this one, and a test holds
 * both together. A device may have a kernel for either pass.
 */
import * as tf from "@tensorflow/tfjs-core";
import { deviceKernel } from "./deviceKernel";
import { expectDtype, lastAxis } from "./shapes";
import { softmax as plain } from "../orientation/softmax";

/**
 * softmax(x) over the last axis; backward ∂L/∂x = y·(dy − Σ dy·y), with y = softmax(x) and dy =
 * ∂L/∂y.
 * @param x float32 [..., C], finite or −∞
 * @returns [..., C], each row with sum one; a row that is all −∞ gives zeros
 * @throws when x is a scalar or not float32
 */
export function softmax(x: tf.Tensor): tf.Tensor {
  lastAxis("softmax", "x", x);
  expectDtype("softmax", "x", x, "float32");
  const differentiable = tf.customGrad((...inputs) => {
    const [x, save] = inputs as unknown as [tf.Tensor, tf.GradSaveFunc];
    const y = deviceKernel("MaskedSoftmax")?.({ x })[0] ?? plain(x);
    save([y]);
    return {
      value: y,
      gradFunc: (dy: tf.Tensor, [y]: tf.Tensor[]) =>
        deviceKernel("SoftmaxGrad")?.({ y: y!, dy })[0] ?? backward(y!, dy),
    };
  });
  return tf.tidy(() => differentiable(x));
}

function backward(y: tf.Tensor, dy: tf.Tensor): tf.Tensor {
  const share = dy.mul(y);
  return share.sub(y.mul(share.sum(-1, true)));
}
