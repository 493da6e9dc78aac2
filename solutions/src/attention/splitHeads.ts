/** Cuts each token's features into heads (Vaswani et al. 2017, arXiv:1706.03762, §3.2.2). */
import * as tf from "@tensorflow/tfjs-core";
import { expectCount, expectRank } from "../shared/shapes";

/**
 * Head h holds the features h·D … (h + 1)·D − 1 of every token, D = C / heads.
 * @param x [B, T, C]
 * @param heads H, which divides C
 * @returns [B, H, T, D]
 * @throws when heads do not divide C
 */
export function splitHeads(x: tf.Tensor, heads: number): tf.Tensor {
  expectRank("splitHeads", "x", x, 3);
  expectCount("splitHeads", "heads", heads);
  const [B, T, C] = x.shape as [number, number, number];
  if (C % heads !== 0) {
    throw new Error(`splitHeads: expected heads to divide the width ${C}, got ${heads}`);
  }
  // WASM can't transpose an empty tensor
  if (x.size === 0) return x.reshape([B, heads, T, C / heads]);
  // yours
  return tf.tidy(() => {
    const byToken = x.reshape([B, T, heads, C / heads]); // [B, T, H, D]
    return byToken.transpose([0, 2, 1, 3]); // [B, H, T, D]
  });
}
