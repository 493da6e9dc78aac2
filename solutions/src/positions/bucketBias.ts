/**
 * T5's bias (Raffel et al. 2020, arXiv:1910.10683, §2.1): what each head learns to add to the score
 * of a key, by its bucket.
 */
import * as tf from "@tensorflow/tfjs-core";
import { linear } from "../shared/linearWithGradient";
import { oneHot } from "../orientation/oneHot";
import { expectShape } from "../shared/shapes";
import { relativeBuckets } from "./relativeBuckets";

/**
 * bias[h, i, j] = table[bucket(j − i), h], for a decoder, which only looks back.
 * @param table [buckets, H], learned, the same for all layers
 * @param length T
 * @param maxDistance the distance from which all keys share the last bucket, twice the number of
 *   buckets unless given
 * @returns [H, T, T]
 */
export function bucketBias(table: tf.Tensor, length: number, maxDistance?: number): tf.Tensor {
  expectShape("bucketBias", "table", table, ["buckets", "H"]);
  const buckets = table.shape[0]!;
  return tf.tidy(() => {
    const options = { buckets, maxDistance: maxDistance ?? 2 * buckets, bidirectional: false };
    const ids = relativeBuckets(length, length, options); // [T, T]
    // a one-hot row times the table is the row of that bucket
    return linear(oneHot(ids, buckets), table).transpose([2, 0, 1]); // [T, T, H] → [H, T, T]
  });
}
