/**
 * One vector for a whole text: the mean of its tokens' vectors (Reimers & Gurevych 2019,
 * arXiv:1908.10084, §3), scaled to length one so that a dot product is the cosine.
 */
import * as tf from "@tensorflow/tfjs-core";
import { paddingMask } from "../attention/paddingMask";
import { checkValues, expectDtype, expectRank, expectShape } from "../shared/shapes";

/**
 * Pools the tokens of each text into one unit vector.
 *   m_b = mean of hidden[b, t] over t < lengths[b],  result = m / max(‖m‖, 1e-12)
 * @param hidden float32 [B, T, C]
 * @param lengths int32 [B], each from 0 to T
 * @returns [B, C], each row of L2 norm 1; a text of length 0 gives zeros
 * @throws when lengths doesn't fit, or one isn't from 0 to T
 */
export function meanPool(hidden: tf.Tensor, lengths: tf.Tensor): tf.Tensor {
  expectRank("meanPool", "hidden", hidden, 3);
  expectDtype("meanPool", "hidden", hidden, "float32");
  const [B, T] = hidden.shape as [number, number];
  expectShape("meanPool", "lengths", lengths, [B]);
  checkValues(lengths, (values) => {
    const outside = values.find((n: number) => n < 0 || n > T);
    if (outside !== undefined) {
      throw new Error(`meanPool: expected lengths between 0 and ${T}, got ${outside}`);
    }
  });
  // yours
  return tf.tidy(() => {
    const mask = paddingMask(lengths, T).reshape([B, T, 1]);
    const sum = tf.where(mask.notEqual(0), hidden, 0).sum(1); // [B, C]
    const mean = sum.div(mask.sum(1).maximum(1));
    const norm = mean.square().sum(-1, true).maximum(1e-24).sqrt(); // [B, 1]
    return mean.div(norm);
  });
}
