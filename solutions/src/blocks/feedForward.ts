/**
 * The position-wise feed-forward network (Vaswani et al. 2017, arXiv:1706.03762, eq. 2): each token
 * by itself is widened, bent and narrowed again. Two thirds of a Transformer block's weights are
 * here.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectFeedForward } from "../shared/blockChecks";
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
 * @param params w1 [C, F], b1 [F], w2 [F, C], b2 [C]
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
  return tf.tidy(() => linear(activation(linear(x, params.w1, params.b1)), params.w2, params.b2));
}
