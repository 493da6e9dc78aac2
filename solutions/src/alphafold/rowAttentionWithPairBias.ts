/**
 * Row-wise attention of an alignment with a bias from the pairs (Jumper et al. 2021,
 * doi:10.1038/s41586-021-03819-2, supplement, algorithm 7): within each sequence, residues read
 * each other, and their pair says how much.
 */
import * as tf from "@tensorflow/tfjs-core";
import { layerNorm } from "../shared/layerNormWithGradient";
import { linear } from "../shared/linearWithGradient";
import type { NormParams } from "../encoders/types";
import { expectShape } from "../shared/shapes";
import { gatedAttention } from "./gatedAttention";
import { expectNorm } from "../shared/layerChecks";
import { expectAlignment, expectBias, expectGatedAttention, expectPair } from "./pairChecks";
import type { GatedAttentionParams } from "./pairTypes";

/**
 * gatedAttention along the rows of norm(msa); all rows share the bias normPair(z)·wBias.
 * There is no residual inside.
 * @param msa float32 [B, R, N, C], R sequences of N residues
 * @param z float32 [B, N, N, Cz]
 * @param params norm [C], normPair [Cz], wBias [Cz, H], required, wq, wk, wv, wGate [C, H·D], wo
 *   [H·D, C]
 * @param options heads H; mask [B, R, N], any dtype, 0 for residues that no one may read
 * @returns [B, R, N, C]
 * @throws when wBias is missing or a shape doesn't fit
 */
export function rowAttentionWithPairBias(
  msa: tf.Tensor,
  z: tf.Tensor,
  params: GatedAttentionParams & { normPair: NormParams },
  options: { heads: number; mask?: tf.Tensor },
): tf.Tensor {
  const { B, R, N, C } = expectAlignment("rowAttentionWithPairBias", msa);
  const { C: Cz } = expectPair("rowAttentionWithPairBias", z);
  expectShape("rowAttentionWithPairBias", "z", z, [B, N, N, Cz]);
  const { heads, mask } = options;
  expectGatedAttention("rowAttentionWithPairBias", C, params, heads);
  expectNorm("rowAttentionWithPairBias", "normPair", params.normPair, Cz);
  const wBias = expectBias("rowAttentionWithPairBias", params.wBias, Cz, heads);
  if (mask) expectShape("rowAttentionWithPairBias", "mask", mask, [B, R, N]);
  // yours
  return tf.tidy(() => {
    const { norm, normPair } = params;
    const pairs = layerNorm(z, normPair.gamma, normPair.beta);
    const bias = linear(pairs, wBias).transpose([0, 3, 1, 2]); // [B, N, N, H] → [B, H, N, N]
    const rows = layerNorm(msa, norm.gamma, norm.beta);
    return gatedAttention(rows, params, { heads, mask, bias });
  });
}
