/**
 * T5's relative positions (Raffel et al. 2020, arXiv:1910.10683, §2.1, and its code): each short
 * distance has its own bucket, long ones share buckets that widen logarithmically. The bias learned
 * for each bucket and head is in bucketBias.ts.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectCount } from "../shared/shapes";

export interface BucketOptions {
  /** How many buckets there are. */
  buckets: number;
  /** All distances from this one on share the last bucket. */
  maxDistance: number;
  /** True gives half of the buckets to keys after the query; false treats these as distance 0. */
  bidirectional: boolean;
}

/**
 * The bucket of each offset j − i. Of the `side` buckets for one direction, the first half, `exact`
 * of them, hold the distances 0, 1, 2 … one by one. A longer distance goes to bucket
 *   exact + ⌊log(distance/exact) / log(maxDistance/exact) · (side − exact)⌋
 * but at most to the last.
 * @param queries T, counted from 0
 * @param keys S, counted from 0
 * @returns int32 [T, S]
 * @throws when there are too few buckets, or maxDistance is not larger than the distances that have
 *   their own bucket
 */
export function relativeBuckets(queries: number, keys: number, options: BucketOptions): tf.Tensor {
  const { buckets, maxDistance, bidirectional } = options;
  expectCount("relativeBuckets", "queries", queries, 0);
  expectCount("relativeBuckets", "keys", keys, 0);
  expectCount("relativeBuckets", "buckets", buckets, bidirectional ? 4 : 2);
  const side = bidirectional ? Math.floor(buckets / 2) : buckets;
  const exact = Math.floor(side / 2);
  if (!(maxDistance > exact && Number.isFinite(maxDistance))) {
    throw new Error(
      `relativeBuckets: expected maxDistance to be larger than ${exact}, ` +
        `the number of distances with their own bucket, got ${maxDistance}`,
    );
  }
  // yours
  const bucket = (offset: number): number => {
    const after = bidirectional && offset > 0 ? side : 0;
    const distance = bidirectional ? Math.abs(offset) : Math.max(-offset, 0);
    if (distance < exact) return after + distance;
    // rounded to float32 at each step, as in T5: in a few settings the last digit decides the floor
    const growth = Math.fround(Math.log(Math.fround(distance / exact)));
    const share = Math.fround(growth / Math.fround(Math.log(maxDistance / exact)));
    const wide = Math.floor(Math.fround(share * (side - exact)));
    return after + Math.min(exact + wide, side - 1);
  };
  const rows = Array.from({ length: queries }, (_, i) =>
    Array.from({ length: keys }, (_, j) => bucket(j - i)),
  );
  return tf.tensor(rows.flat(), [queries, keys], "int32");
}
