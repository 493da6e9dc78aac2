/**
 * From scores to the probabilities that the next token is drawn from: temperature, top-k (Fan et
 * al. 2018, arXiv:1805.04833) and top-p, nucleus sampling (Holtzman et al. 2019, arXiv:1904.09751,
 * §3.1), in this order.
 */
import * as tf from "@tensorflow/tfjs-core";
import { softmax } from "../orientation/softmax";
import { expectDtype, expectRank } from "../shared/shapes";

/**
 * p = softmax(logits / temperature); then only the topK most probable stay, then of these,
 * renormalised, the smallest set of most probable ones whose mass reaches topP, renormalised again.
 * Of equals the lower id stays.
 * @param logits float32 [V]
 * @param options temperature 1, topK all and topP 1 unless given; a topK over V cuts nothing
 * @returns probabilities [V]; no gradient flows through the choice of what stays
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
    // falling; of equals the lower id first
    const { values, indices } = tf.topk(p, Math.min(topK, V));
    const before = tf.cumsum(values, 0, true).div(values.sum()); // the mass in front of each
    // without top-p, rounding must cut nothing
    const kept = topP < 1 ? values.mul(before.less(topP).cast("float32")) : values;
    return tf.scatterND(indices.expandDims(1), kept.div(kept.sum()), [V]);
  });
}
