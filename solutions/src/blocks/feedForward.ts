/**
 * The position-wise feed-forward network (Vaswani et al. 2017, arXiv:1706.03762, eq. 2): it widens
 * each token, bends it and narrows it again, one token at a time. Two thirds of the weights of a
 * Transformer block are here.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectFeedForward } from "../shared/layerChecks";
import { linear } from "../shared/linearWithGradient";
import { expectDtype, lastAxis } from "../shared/shapes";

/** A function of each number by itself, such as gelu. */
export type Activation = (x: tf.Tensor) => tf.Tensor;

/** w1 [C, F], b1 [F], w2 [F, C], b2 [C]; F is usually 4·C. */
export interface FeedForwardParams {
  w1: tf.Tensor;
  b1?: tf.Tensor;
  w2: tf.Tensor;
  b2?: tf.Tensor;
}

/**
 * activation(x·w1 + b1)·w2 + b2.
 * @param x float32 [..., C]
 * @param params w1 [C, F], b1 [F], w2 [F, C], b2 [C]; the biases are optional
 * @param activation relu in the paper, gelu in BERT and GPT-2
 * @returns [..., C]
 * @throws when x is not float32, or a weight does not fit
 */
export function feedForward(
  x: tf.Tensor,
  params: FeedForwardParams,
  activation: Activation,
): tf.Tensor {
  const C = lastAxis("feedForward", "x", x);
  expectDtype("feedForward", "x", x, "float32");
  expectFeedForward("feedForward", "", params, C);
  const { w1, b1, w2, b2 } = params;
  return tf.tidy(() => {
    const hidden = activation(linear(x, w1, b1)); // [..., F]
    return linear(hidden, w2, b2);
  });
}
