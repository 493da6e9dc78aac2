/**
 * softmax with its gradient written out. tfjs finds the gradient of the plain one step by step, also that of the subtracted maximum,
 * which is always zero; models use this one, and a test holds both together.
 */
import * as tf from "@tensorflow/tfjs-core";
import { softmax as plain } from "./softmax";

/**
 * softmax(x) over the last axis; backward ∂L/∂x = y·(dy − Σ dy·y), with y = softmax(x) and dy = ∂L/∂y.
 * @param x float32 [..., C], finite or −∞
 * @returns [..., C], each row with sum one; a row that is all −∞ gives zeros
 * @throws when x is a scalar or not float32
 */
export function softmax(x: tf.Tensor): tf.Tensor {
  const differentiable = tf.customGrad((x, save) => {
    const y = plain(x as tf.Tensor);
    (save as tf.GradSaveFunc)([y]);
    return {
      value: y,
      gradFunc: (dy: tf.Tensor, [y]: tf.Tensor[]) => {
        const share = dy.mul(y!);
        return share.sub(y!.mul(share.sum(-1, true)));
      },
    };
  });
  return tf.tidy(() => differentiable(x));
}
