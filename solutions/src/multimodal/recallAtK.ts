/**
 * Recall at k, how retrieval is measured (in CLIP's paper, arXiv:2103.00020, table 13): the share of
 * queries whose partner is among the k best candidates. Ties count as if they stood in random order,
 * so that scores that are all equal earn what guessing earns.
 */
import * as tf from "@tensorflow/tfjs-core";
import { checkValues, expectCount, expectDtype, expectFloats, expectShape } from "../shared/shapes";

/**
 * The mean over queries of the chance that the partner is among the first k:
 *   above = candidates with a higher score than the partner's
 *   ties = candidates with the partner's score, itself among them
 *   hit = (k − above) / ties, at least 0 and at most 1
 * @param scores float32 [Q, N], of N candidates for each of Q queries, finite or −∞
 * @param partners int32 [Q], the column of each query's partner
 * @param k at least 1; above N it counts as N
 * @returns a scalar from 0 to 1
 * @throws when partners isn't [Q] or one isn't a column, or k isn't a whole number from 1
 */
export function recallAtK(scores: tf.Tensor, partners: tf.Tensor, k: number): tf.Tensor {
  expectFloats("recallAtK", "scores", scores, ["Q", "N"]);
  const [Q, N] = scores.shape as [number, number];
  expectShape("recallAtK", "partners", partners, [Q]);
  expectDtype("recallAtK", "partners", partners, "int32");
  expectCount("recallAtK", "k", k);
  checkValues(partners, (values) => {
    const outside = values.find((column: number) => column < 0 || column >= N);
    if (outside !== undefined) {
      throw new Error(`recallAtK: expected partners from 0 to ${N - 1}, got ${outside}`);
    }
  });
  // yours
  return tf.tidy(() => {
    const isPartner = partners.expandDims(-1).equal(tf.range(0, N, 1, "int32")); // [Q, N]
    // where, not a product: 0 · −∞ is NaN
    const own = tf.where(isPartner, scores, -Infinity).max(-1, true); // [Q, 1]
    const above = scores.greater(own).toFloat().sum(-1); // [Q]
    const ties = scores.equal(own).toFloat().sum(-1);
    return tf.scalar(k).sub(above).div(ties).clipByValue(0, 1).mean();
  });
}
