/**
 * softmax with its gradient written out. For the plain function, tfjs differentiates every step,
 * even the subtracted maximum, whose gradient is always zero. Models use this version; a test
 * compares it with the plain one. A device may have a kernel for either pass.
 */
import * as tf from "@tensorflow/tfjs-core";
import { deviceKernel } from "./deviceKernel";
import { expectDtype, lastAxis } from "./shapes";
import { withGradient } from "./withGradient";
import { softmax as plain } from "../orientation/softmax";

const differentiable = withGradient((x) => {
  const y = deviceKernel("MaskedSoftmax")?.({ x })[0] ?? plain(x);
  return {
    value: y,
    saved: [y],
    gradient: (dy, y) => deviceKernel("SoftmaxGrad")?.({ y, dy })[0] ?? backward(dy, y),
  };
});

function backward(dy: tf.Tensor, y: tf.Tensor): tf.Tensor {
  const share = dy.mul(y);
  return share.sub(y.mul(share.sum(-1, true)));
}

/**
 * softmax(x) over the last axis. Backward, with y = softmax(x) and dy = ∂L/∂y:
 *   ∂L/∂x = y·(dy − Σ dy·y)
 * @param x float32 [..., C], finite or −∞
 * @returns [..., C], each row with sum one; a row that is all −∞ gives zeros
 * @throws when x is a scalar or isn't float32
 */
export function softmax(x: tf.Tensor): tf.Tensor {
  lastAxis("softmax", "x", x);
  expectDtype("softmax", "x", x, "float32");
  return differentiable(x);
}
