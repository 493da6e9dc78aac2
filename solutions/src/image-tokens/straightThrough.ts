/**
 * The straight-through estimator (Bengio, Léonard & Courville 2013, arXiv:1308.3432; van den Oord
 * et al. 2017, arXiv:1711.00937, §3.2). A choice has no slope, so the gradient skips it, as if it
 * had changed nothing.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectDtype, expectShape } from "../shared/shapes";

/**
 * Forward it gives codes, bit for bit (the usual z + sg(codes − z) rounds). Backward the gradient
 * goes to z unchanged, and none goes to codes.
 * @param z float32, any shape, what was quantized
 * @param codes the shape of z, what it was quantized to
 * @returns the shape and values of codes
 * @throws when the shapes differ or one of them is not float32
 */
export function straightThrough(z: tf.Tensor, codes: tf.Tensor): tf.Tensor {
  expectDtype("straightThrough", "z", z, "float32");
  expectShape("straightThrough", "codes", codes, z.shape);
  expectDtype("straightThrough", "codes", codes, "float32");
  // yours
  return tf.customGrad((_z, e) => ({
    value: (e as tf.Tensor).clone(),
    gradFunc: (dy: tf.Tensor) => [dy, tf.zerosLike(dy)],
  }))(z, codes);
}
