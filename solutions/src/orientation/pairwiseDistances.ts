/**
 * Squared Euclidean distances between two sets of points.
 *
 * The differences are taken before they are squared. ‖a‖² + ‖b‖² − 2a·b would be one matrix product
 * without a tensor [N, M, D], but in float32 it loses all digits, and even its sign, where two
 * points lie much closer to each other than to the origin.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectDtype, expectRank, expectShape } from "../shared/shapes";

/**
 * result[n, m] = Σ_d (a[n, d] − b[m, d])², never negative and exactly 0 for equal points.
 * @param a float32 [N, D]
 * @param b float32 [M, D]
 * @returns [N, M]
 * @throws when a or b is not a matrix of float32, or their widths differ
 */
export function pairwiseDistances(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  expectRank("pairwiseDistances", "a", a, 2);
  expectShape("pairwiseDistances", "b", b, ["M", a.shape[1]!]);
  expectDtype("pairwiseDistances", "a", a, "float32");
  expectDtype("pairwiseDistances", "b", b, "float32");
  // WASM sums an empty axis to whatever lies in memory
  if (a.shape[1] === 0) return tf.zeros([a.shape[0]!, b.shape[0]!]);
  // yours
  return tf.tidy(() => {
    const difference = a.expandDims(1).sub(b.expandDims(0)); // [N, 1, D] − [1, M, D] → [N, M, D]
    return difference.square().sum(-1);
  });
}
