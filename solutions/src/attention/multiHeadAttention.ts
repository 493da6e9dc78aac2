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
 * Every token asks all tokens: q, k, v = x·wq + bq, x·wk + bk, x·wv + bv, cut into heads; attention
 * in each head; heads side by side times wo plus bo. Query head h reads key/value group ⌊h·G/H⌋.
 * @param x [B, T, C]
 * @param params wq [C, H·D], wk and wv [C, G·D], wo [H·D, C]; biases where given
 * @param options heads H, kvHeads G (H unless given), mask and bias to [B, H, T, T], scale; rope
 *   turns q and k, positions 0 … T − 1
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
    const { output } = scaledDotProductAttention(
      q,
      repeatGroups(k, heads),
      repeatGroups(v, heads),
      options,
    );
    return linear(mergeHeads(output), params.wo, params.bo);
  });
}
