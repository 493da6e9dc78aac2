/**
 * The residual connection (He, Zhang, Ren & Sun 2015, arXiv:1512.03385, eq. 1): a layer adds to its
 * input. The derivative has a term of one, which carries gradients through any depth.
 */
import * as tf from "@tensorflow/tfjs-core";
import { shapeText } from "../shared/shapes";

/**
 * x + f(x).
 * @param x any shape
 * @param f a layer that keeps the shape
 * @returns the shape of x
 * @throws when f(x) has another shape than x: broadcasting would hide the mistake
 */
export function residual(x: tf.Tensor, f: (x: tf.Tensor) => tf.Tensor): tf.Tensor {
  return tf.tidy(() => {
    const y = f(x);
    if (!tf.util.arraysEqual(x.shape, y.shape)) {
      const [before, after] = [shapeText(x.shape), shapeText(y.shape)];
      throw new Error(`residual: expected f(x) to keep the shape ${before}, got ${after}`);
    }
    return x.add(y);
  });
}
