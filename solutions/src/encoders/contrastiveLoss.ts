/**
 * How sentence encoders such as MiniLM learn that two texts belong together: in a batch of pairs,
 * each text must find its partner among everyone's partners (Henderson et al. 2017,
 * arXiv:1705.00652, §4; InfoNCE of van den Oord et al. 2018, arXiv:1807.03748).
 */
import * as tf from "@tensorflow/tfjs-core";
import { crossEntropy } from "../blocks/crossEntropy";
import { expectFloats } from "../shared/shapes";

/**
 * The loss of a batch of pairs.
 *   mean over i of −log softmax_j(cos(a_i, b_j) / temperature) at j = i
 * @param a float32 [B, C], no row of zeros
 * @param b float32 [B, C]; row i belongs to row i of a
 * @param temperature above 0, default 0.05 (sentence-transformers' MultipleNegativesRankingLoss
 *   calls it a scale of 20)
 * @returns a scalar, ln B when nothing is known
 * @throws when shapes differ or temperature isn't above 0
 */
export function contrastiveLoss(a: tf.Tensor, b: tf.Tensor, temperature = 0.05): tf.Tensor {
  expectFloats("contrastiveLoss", "a", a, ["B", "C"]);
  expectFloats("contrastiveLoss", "b", b, a.shape);
  if (!(temperature > 0)) {
    throw new Error(`contrastiveLoss: expected a temperature over 0, got ${temperature}`);
  }
  // yours
  return tf.tidy(() => {
    const unit = (x: tf.Tensor) => x.div(x.square().sum(-1, true).sqrt());
    const cosines = unit(a).matMul(unit(b), false, true); // [B, B]
    const partners = tf.range(0, a.shape[0]!, 1, "int32");
    return crossEntropy(cosines.div(temperature), partners);
  });
}
