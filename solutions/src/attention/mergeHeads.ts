/** Puts a token's heads back side by side (Vaswani et al. 2017, arXiv:1706.03762, §3.2.2). */
import * as tf from "@tensorflow/tfjs-core";
import { expectRank } from "../shared/shapes";

/**
 * The inverse of splitHeads.
 * @param x [B, H, T, D]
 * @returns [B, T, H·D]
 * @throws when x does not have four axes
 */
export function mergeHeads(x: tf.Tensor): tf.Tensor {
  expectRank("mergeHeads", "x", x, 4);
  const [B, H, T, D] = x.shape as [number, number, number, number];
  if (x.size === 0) return x.reshape([B, T, H * D]); // WASM can't transpose an empty tensor
  // yours
  return tf.tidy(() => {
    const byToken = x.transpose([0, 2, 1, 3]); // [B, T, H, D]
    return byToken.reshape([B, T, H * D]);
  });
}
