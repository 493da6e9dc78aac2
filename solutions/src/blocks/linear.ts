/**
 * The linear layer: the features of each token times one matrix, the same for all tokens.
 * The product of a tensor of rank 3 and a matrix has no gradient in tfjs, so all tokens go into one
 * matrix product.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectDtype, expectShape, lastAxis } from "../shared/shapes";

/**
 * x·W + b.
 * @param x float32 [..., dIn]
 * @param w [dIn, dOut]; PyTorch stores the transpose
 * @param b [dOut], no bias unless given
 * @returns [..., dOut]
 * @throws when x is not float32, or w or b does not fit
 */
export function linear(x: tf.Tensor, w: tf.Tensor, b?: tf.Tensor): tf.Tensor {
  const dIn = lastAxis("linear", "x", x);
  expectDtype("linear", "x", x, "float32");
  expectShape("linear", "w", w, [dIn, "dOut"]);
  const dOut = w.shape[1]!;
  if (b) expectShape("linear", "b", b, [dOut]);
  const rest = x.shape.slice(0, -1);
  if (dIn === 0) {
    // WASM leaves such a product unset
    return b ? tf.tidy(() => tf.zeros([...rest, dOut]).add(b)) : tf.zeros([...rest, dOut]);
  }
  // yours
  return tf.tidy(() => {
    const rows = x.reshape([tf.util.sizeFromShape(rest), dIn]); // [tokens, dIn]
    const y = rows.matMul(w).reshape([...rest, dOut]);
    return b ? y.add(b) : y;
  });
}
