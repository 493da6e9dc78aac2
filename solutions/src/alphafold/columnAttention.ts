/**
 * Column-wise attention of an alignment (Jumper et al. 2021, doi:10.1038/s41586-021-03819-2,
 * supplement, algorithm 8): at each place the sequences read each other.
 */
import * as tf from "@tensorflow/tfjs-core";
import { layerNorm } from "../shared/layerNormWithGradient";
import { expectShape } from "../shared/shapes";
import { gatedAttention } from "./gatedAttention";
import { expectAlignment, expectGatedAttention } from "./pairChecks";
import type { GatedAttentionParams } from "./pairTypes";

/**
 * gatedAttention along the columns of norm(msa), without a bias; a wBias in params is not used. No
 * residual inside.
 * @param msa float32 [B, R, N, C], R sequences of N residues
 * @param params norm [C], wq, wk, wv, wGate [C, H·D], wo [H·D, C]
 * @param options heads H; mask [B, R, N], any dtype, 0 for residues that nobody reads
 * @returns [B, R, N, C]
 * @throws when a shape does not fit
 */
export function columnAttention(
  msa: tf.Tensor,
  params: GatedAttentionParams,
  options: { heads: number; mask?: tf.Tensor },
): tf.Tensor {
  const { B, R, N, C } = expectAlignment("columnAttention", msa);
  const { heads, mask } = options;
  expectGatedAttention("columnAttention", C, params, heads);
  if (mask) expectShape("columnAttention", "mask", mask, [B, R, N]);
  // yours
  return tf.tidy(() => {
    // [B, N, R, C]
    const columns = layerNorm(msa, params.norm.gamma, params.norm.beta).transpose([0, 2, 1, 3]);
    return gatedAttention(columns, params, { heads, mask: mask?.transpose([0, 2, 1]) }).transpose([
      0, 2, 1, 3,
    ]);
  });
}
