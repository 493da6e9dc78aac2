/**
 * T5's relative positions (Raffel et al. 2020, arXiv:1910.10683, §2.1, and its code): near
 * distances have a bucket each, far ones share buckets that widen logarithmically. The bias learned
 * for each bucket and head is left out.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectCount } from "../shared/shapes";

export interface BucketOptions {
  /** How many buckets there are. */
  buckets: number;
  /** From this distance on, all share the last bucket. */
  maxDistance: number;
  /** Half of the buckets is for keys after the query; otherwise those count as distance 0. */
  bidirectional: boolean;
}

/**
 * bucket[i, j] of j − i; of the buckets for one direction, the first half takes the distances 0, 1,
 * 2 … one by one and the rest take exact + ⌊log(distance/exact) / log(maxDistance/exact) · (buckets
 * − exact)⌋, cut at the last.
 * @param queries T, counted from 0
 * @param keys S, counted from 0
 * @returns int32 [T, S]
 * @throws when there are too few buckets, or maxDistance is not beyond the distances that have a
 *   bucket each
 */
export function relativeBuckets(queries: number, keys: number, options: BucketOptions): tf.Tensor {
  const { buckets, maxDistance, bidirectional } = options;
  expectCount("relativeBuckets", "queries", queries, 0);
  expectCount("relativeBuckets", "keys", keys, 0);
  expectCount("relativeBuckets", "buckets", buckets, bidirectional ? 4 : 2);
  const side = bidirectional ? Math.floor(buckets / 2) : buckets; // the buckets of one direction
  const exact = Math.floor(side / 2); // those of them that hold one distance
  if (!(maxDistance > exact && Number.isFinite(maxDistance))) {
    throw new Error(
      `relativeBuckets: expected maxDistance to be larger than ${exact}, the distances with ` +
        `a bucket of their own, got ${maxDistance}`,
    );
  }
  // yours
  const bucket = (offset: number): number => {
    const after = bidirectional && offset > 0 ? side : 0;
    const distance = bidirectional ? Math.abs(offset) : Math.max(-offset, 0);
    if (distance < exact) return after + distance;
    // rounded to float32 as T5 does, since whole numbers decide here
    const share = Math.fround(
      Math.fround(Math.log(Math.fround(distance / exact))) /
        Math.fround(Math.log(maxDistance / exact)),
    );
    return after + Math.min(exact + Math.floor(Math.fround(share * (side - exact))), side - 1);
  };
  const rows = Array.from({ length: queries }, (_, i) =>
    Array.from({ length: keys }, (_, j) => bucket(j - i)),
  );
  return tf.tensor(rows.flat(), [queries, keys], "int32");
}
