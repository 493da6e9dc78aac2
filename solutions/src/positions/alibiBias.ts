/**
 * ALiBi (Press, Smith & Lewis 2022, arXiv:2108.12409, §3): attention with linear biases in place of
 * position embeddings.
 */
import * as tf from "@tensorflow/tfjs-core";
import { alibiSlopes } from "./alibiSlopes";
import { expectCount } from "../shared/shapes";

/**
 * bias[h, i, j] = −slope[h] · |i + S − T − j|, where the queries are the last T of the S tokens.
 * It is added to the scaled scores; the paper's causal model uses only the half with j ≤ i.
 * @param heads H
 * @param queries T
 * @param keys S
 * @returns [H, T, S]
 * @throws when there are more queries than keys
 */
export function alibiBias(heads: number, queries: number, keys: number): tf.Tensor {
  expectCount("alibiBias", "heads", heads);
  expectCount("alibiBias", "queries", queries, 0);
  expectCount("alibiBias", "keys", keys, 0);
  if (queries > keys) {
    throw new Error(
      `alibiBias: expected queries to be at most keys ${keys}, got queries ${queries}`,
    );
  }
  // yours
  return tf.tidy(() => {
    const query = tf.range(keys - queries, keys).expandDims(1); // [T, 1], places among the S tokens
    const distance = query.sub(tf.range(0, keys)).abs(); // [T, S]
    const slopes = alibiSlopes(heads).reshape([heads, 1, 1]);
    return slopes.mul(distance).neg(); // [H, T, S]
  });
}
