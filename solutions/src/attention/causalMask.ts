/** The causal mask (Vaswani et al. 2017, arXiv:1706.03762, §3.2.3): no token sees a later one. */
import * as tf from "@tensorflow/tfjs-core";
import { expectCount } from "../shared/shapes";

/**
 * mask[i, j] = 1 where j ≤ i + S − T, else 0, where the queries are the last T of the S tokens.
 * @param queries T
 * @param keys S, as many as queries unless given
 * @returns float32 [T, S]
 * @throws when there are more queries than keys
 */
export function causalMask(queries: number, keys = queries): tf.Tensor {
  expectCount("causalMask", "queries", queries, 0);
  expectCount("causalMask", "keys", keys, 0);
  if (queries > keys) {
    throw new Error(
      `causalMask: expected queries to be at most keys ${keys}, got queries ${queries}`,
    );
  }
  // yours
  return tf.tidy(() => {
    const query = tf.range(keys - queries, keys).expandDims(1); // [T, 1], places among the S tokens
    const key = tf.range(0, keys); // [S]
    return key.lessEqual(query).cast("float32"); // [T, S]
  });
}
