/**
 * From scores to the probabilities that the next token is drawn from: temperature, top-k (Fan et
 * al. 2018, arXiv:1805.04833) and top-p, nucleus sampling (Holtzman et al. 2019, arXiv:1904.09751,
 * §3.1), in this order.
 */
import * as tf from "@tensorflow/tfjs-core";
import { softmax } from "../orientation/softmax";
import { expectDtype, expectRank } from "../shared/shapes";

/**
 * Turns scores into the probabilities to draw from, in three steps:
 *   p = softmax(logits / temperature)
 *   top-k   keep the topK most probable tokens, renormalized
 *   top-p   keep the fewest most probable of those whose mass reaches topP, renormalized
 * On ties, the lower id wins.
 * @param logits float32 [V]
 * @param options temperature, default 1; topK, default all, no cut if above V; topP, default 1
 * @returns probabilities [V]; no gradient flows through the choice of tokens
 * @throws unless temperature > 0, topK is a whole number of at least 1 and 0 < topP ≤ 1
 */
export function samplingProbabilities(
  logits: tf.Tensor,
  options: { temperature?: number; topK?: number; topP?: number } = {},
): tf.Tensor {
  expectRank("samplingProbabilities", "logits", logits, 1);
  expectDtype("samplingProbabilities", "logits", logits, "float32");
  const V = logits.shape[0]!;
  const { temperature = 1, topK = V, topP = 1 } = options;
  if (!(temperature > 0)) {
    throw new Error(`samplingProbabilities: expected temperature above 0, got ${temperature}`);
  }
  if (!Number.isInteger(topK) || topK < 1) {
    throw new Error(
      `samplingProbabilities: expected topK to be a whole number of at least 1, got ${topK}`,
    );
  }
  if (!(topP > 0 && topP <= 1)) {
    throw new Error(`samplingProbabilities: expected topP above 0 and at most 1, got ${topP}`);
  }
  // yours
  return tf.tidy(() => {
    const p = softmax(logits.div(temperature));
    const { values, indices } = tf.topk(p, Math.min(topK, V)); // falling; on ties, lower ids first
    const before = tf.cumsum(values, 0, true).div(values.sum()); // the mass before each
    // without top-p, rounding must not cut anything
    const kept = topP < 1 ? values.mul(before.less(topP).cast("float32")) : values;
    return tf.scatterND(indices.expandDims(1), kept.div(kept.sum()), [V]);
  });
}
