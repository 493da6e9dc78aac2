/**
 * Attention as AlphaFold uses it (Jumper et al. 2021, doi:10.1038/s41586-021-03819-2, supplement,
 * algorithms 7, 8, 13 and 14): along many lines that share one bias, with a gate on the output.
 */
import * as tf from "@tensorflow/tfjs-core";
import { mergeHeads } from "../attention/mergeHeads";
import { scaledDotProductAttention } from "../attention/scaledDotProductAttention";
import { splitHeads } from "../attention/splitHeads";
import { linear } from "../shared/linearWithGradient";
import type { GatedAttentionParams } from "./pairTypes";

/**
 * Within each of the R lines: (σ(x·wGate + bGate) ∘ attention(x·wq, x·wk, x·wv))·wo + bo.
 * The caller normalizes x.
 * @param x [B, R, T, C], R lines of T tokens
 * @param params wq, wk, wv, wGate [C, H·D], wo [H·D, C]
 * @param options heads H; mask [B, R, T] of the keys; bias [B, H, T, T], the same for all lines
 * @returns [B, R, T, C]
 */
export function gatedAttention(
  x: tf.Tensor,
  params: Omit<GatedAttentionParams, "norm" | "wBias">,
  options: { heads: number; mask?: tf.Tensor; bias?: tf.Tensor },
): tf.Tensor {
  const [B, R, T, C] = x.shape as [number, number, number, number];
  const { heads, mask, bias } = options;
  return tf.tidy(() => {
    const lines = x.reshape([B * R, T, C]);
    const project = (w: tf.Tensor) => splitHeads(linear(lines, w), heads);
    const [q, k, v] = [project(params.wq), project(params.wk), project(params.wv)];
    const flat = bias?.reshape([B, 1, heads * T * T]); // tile has no gradient above rank 4
    const shared = flat?.tile([1, R, 1]).reshape([B * R, heads, T, T]);
    const keys = mask?.reshape([B * R, 1, 1, T]);
    const { output } = scaledDotProductAttention(q, k, v, { mask: keys, bias: shared });
    const gate = linear(lines, params.wGate, params.bGate).sigmoid();
    const result = linear(gate.mul(mergeHeads(output)), params.wo, params.bo);
    return result.reshape([B, R, T, C]);
  });
}
