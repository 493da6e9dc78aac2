/**
 * Multi-head self-attention (Vaswani et al. 2017, arXiv:1706.03762, §3.2.2), with grouped queries
 * (Ainslie et al. 2023, arXiv:2305.13245) and rotary positions (Su et al. 2021, arXiv:2104.09864).
 * Dropout is left out.
 */
import * as tf from "@tensorflow/tfjs-core";
import { linear } from "../shared/linearWithGradient";
import { applyRope } from "../positions/applyRope";
import { expectLayer } from "../shared/attentionChecks";
import { mergeHeads } from "./mergeHeads";
import { repeatGroups } from "./repeatGroups";
import { scaledDotProductAttention } from "./scaledDotProductAttention";
import { splitHeads } from "./splitHeads";
import type { AttentionOptions, AttentionParams } from "./types";

/**
 * Self-attention in H heads, where every token asks all tokens:
 *   q = x·wq + bq,   k = x·wk + bk,   v = x·wv + bv,   each cut into heads
 *   attention in each head, where query head h reads key/value group ⌊h·G/H⌋
 *   the heads side by side, times wo, plus bo
 * @param x [B, T, C]
 * @param params wq [C, H·D], wk and wv [C, G·D], wo [H·D, C]; the biases are optional
 * @param options heads H, kvHeads G (H unless given), scale, mask and bias, which broadcast to
 *   [B, H, T, T], and rope, which turns q and k at the positions 0 … T − 1
 * @returns [B, T, C]
 * @throws when heads do not divide the width, kvHeads do not divide heads, or a shape does not fit
 */
export function multiHeadAttention(
  x: tf.Tensor,
  params: AttentionParams,
  options: AttentionOptions,
): tf.Tensor {
  const { heads, kvHeads } = expectLayer("multiHeadAttention", x, x, params, options);
  // yours
  return tf.tidy(() => {
    let q = splitHeads(linear(x, params.wq, params.bq), heads); // [B, H, T, D]
    let k = splitHeads(linear(x, params.wk, params.bk), kvHeads); // [B, G, T, D]
    const v = splitHeads(linear(x, params.wv, params.bv), kvHeads);
    if (options.rope) {
      const positions = tf.range(0, x.shape[1]!);
      q = applyRope(q, positions, options.rope);
      k = applyRope(k, positions, options.rope);
    }
    const keys = repeatGroups(k, heads); // [B, H, T, D]
    const values = repeatGroups(v, heads);
    const { output } = scaledDotProductAttention(q, keys, values, options);
    return linear(mergeHeads(output), params.wo, params.bo);
  });
}
