/**
 * Column-wise attention of an alignment (Jumper et al. 2021, doi:10.1038/s41586-021-03819-2,
 * supplement, algorithm 8): at each position, the sequences read each other.
 */
import * as tf from "@tensorflow/tfjs-core";
import { layerNorm } from "../shared/layerNormWithGradient";
import { expectShape } from "../shared/shapes";
import { gatedAttention } from "./gatedAttention";
import { expectAlignment, expectGatedAttention } from "./pairChecks";
import type { GatedAttentionParams } from "./pairTypes";

/**
 * gatedAttention along the columns of norm(msa), without a bias from pairs.
 * There is no residual inside.
 * @param msa float32 [B, R, N, C], R sequences of N residues
 * @param params norm [C], wq, wk, wv, wGate [C, H·D], wo [H·D, C]; a wBias isn't used
 * @param options heads H; mask [B, R, N], any dtype, 0 for residues that no one may read
 * @returns [B, R, N, C]
 * @throws when a shape doesn't fit
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
    const n = layerNorm(msa, params.norm.gamma, params.norm.beta);
    const columns = n.transpose([0, 2, 1, 3]); // [B, R, N, C] → [B, N, R, C]
    const turned = mask?.transpose([0, 2, 1]);
    const read = gatedAttention(columns, params, { heads, mask: turned });
    return read.transpose([0, 2, 1, 3]);
  });
}
