/**
 * Cross-attention: one sequence reads another. Vaswani et al. 2017 (arXiv:1706.03762, §3.2.3) call
 * it "encoder-decoder attention".
 */
import * as tf from "@tensorflow/tfjs-core";
import { linear } from "../shared/linearWithGradient";
import { expectLayer } from "../shared/attentionChecks";
import { mergeHeads } from "./mergeHeads";
import { repeatGroups } from "./repeatGroups";
import { scaledDotProductAttention } from "./scaledDotProductAttention";
import { splitHeads } from "./splitHeads";
import type { AttentionOptions, AttentionParams } from "./types";

/**
 * multiHeadAttention, but with keys and values from the context:
 *   q = x·wq + bq,   k = context·wk + bk,   v = context·wv + bv
 * @param x [B, T, C], the tokens that ask
 * @param context [B, S, Ccontext], the tokens that are read, of any length and width
 * @param params wq [C, H·D], wk and wv [Ccontext, G·D], wo [H·D, C]; the biases are optional
 * @param options heads H, kvHeads G, scale, and mask and bias, which broadcast to [B, H, T, S]; no
 *   rope, since two sequences share no positions
 * @returns [B, T, C]
 * @throws when the batches differ, a shape does not fit, or rope is given
 */
export function crossAttention(
  x: tf.Tensor,
  context: tf.Tensor,
  params: AttentionParams,
  options: AttentionOptions,
): tf.Tensor {
  const { heads, kvHeads } = expectLayer("crossAttention", x, context, params, options);
  if (options.rope) {
    throw new Error(
      "crossAttention: expected no rope, got one; positions of two sequences have no distance",
    );
  }
  // yours
  return tf.tidy(() => {
    const q = splitHeads(linear(x, params.wq, params.bq), heads); // [B, H, T, D]
    const k = splitHeads(linear(context, params.wk, params.bk), kvHeads); // [B, G, S, D]
    const v = splitHeads(linear(context, params.wv, params.bv), kvHeads);
    const keys = repeatGroups(k, heads); // [B, H, S, D]
    const values = repeatGroups(v, heads);
    const { output } = scaledDotProductAttention(q, keys, values, options);
    return linear(mergeHeads(output), params.wo, params.bo);
  });
}
