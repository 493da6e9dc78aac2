/**
 * Self-attention that shows its weights and can leave heads out. PyTorch's MultiheadAttention
 * returns the weights on need_weights; transformers' BERT (version 4) multiplied them by head_mask
 * and returned them on output_attentions. Michel et al. 2019 (arXiv:1905.10650, §2.3) take heads
 * out in this way.
 */
import * as tf from "@tensorflow/tfjs-core";
import { linear } from "../shared/linearWithGradient";
import { applyRope } from "../positions/applyRope";
import { expectLayer } from "../shared/attentionChecks";
import { expectFloats } from "../shared/shapes";
import { mergeHeads } from "./mergeHeads";
import { repeatGroups } from "./repeatGroups";
import { scaledDotProductAttention } from "./scaledDotProductAttention";
import { splitHeads } from "./splitHeads";
import type { AttentionOptions, AttentionParams } from "./types";

/**
 * multiHeadAttention that also returns its weights, each head's multiplied by its entry of
 * headMask:
 *   weights_h = softmax(q_h·k_hᵀ·scale + bias) · headMask[h],   head_h = weights_h·v_h
 * Nothing is rescaled, and the bias bo is added whatever headMask is.
 * @param x [B, T, C]
 * @param params as in multiHeadAttention
 * @param options as in multiHeadAttention, and headMask, float32 [H]: 1 leaves a head as it is, 0
 *   takes it out, other numbers weaken or strengthen it; without it no head changes. Gradients
 *   reach it, too
 * @returns output [B, T, C], and weights [B, H, T, T] as the heads used them
 * @throws as multiHeadAttention does, and when headMask isn't float32 [H]
 */
export function attentionWithWeights(
  x: tf.Tensor,
  params: AttentionParams,
  options: AttentionOptions & { headMask?: tf.Tensor },
): { output: tf.Tensor; weights: tf.Tensor } {
  const { heads, kvHeads } = expectLayer("attentionWithWeights", x, x, params, options);
  const { headMask } = options;
  if (headMask) expectFloats("attentionWithWeights", "headMask", headMask, [heads]);
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
    let { output, weights } = scaledDotProductAttention(q, keys, values, options);
    if (headMask) {
      const factor = headMask.reshape([heads, 1, 1]); // broadcasts over tokens and features
      output = output.mul(factor);
      weights = weights.mul(factor);
    }
    return { output: linear(mergeHeads(output), params.wo, params.bo), weights };
  });
}
