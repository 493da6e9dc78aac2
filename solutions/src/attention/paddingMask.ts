/**
 * The padding mask: sentences of different lengths share a batch, and no query attends to the
 * padding after them.
 */
import * as tf from "@tensorflow/tfjs-core";
import { checkValues, expectCount, expectRank } from "../shared/shapes";

/**
 * mask[b, 0, 0, s] = 1 where s < lengths[b], else 0; it broadcasts over heads and queries.
 * @param lengths int32 [B], each between 0 and S
 * @param keys S
 * @returns float32 [B, 1, 1, S]
 * @throws when a length is outside 0 … S
 */
export function paddingMask(lengths: tf.Tensor, keys: number): tf.Tensor {
  expectRank("paddingMask", "lengths", lengths, 1);
  expectCount("paddingMask", "keys", keys, 0);
  checkValues(lengths, (values) => {
    const bad = values.find((n: number) => !Number.isInteger(n) || n < 0 || n > keys);
    if (bad !== undefined) {
      throw new Error(
        `paddingMask: expected lengths to be whole numbers between 0 and ${keys}, got ${bad}`,
      );
    }
  });
  // yours
  return tf.tidy(() => {
    const key = tf.range(0, keys); // [S]
    const length = lengths.reshape([lengths.size, 1, 1, 1]); // [B, 1, 1, 1]
    return key.less(length).cast("float32"); // [B, 1, 1, S]
  });
}
