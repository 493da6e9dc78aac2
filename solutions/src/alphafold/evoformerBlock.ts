/**
 * One block of AlphaFold 2's Evoformer (Jumper et al. 2021, doi:10.1038/s41586-021-03819-2,
 * supplement, algorithm 6). Dropout is left out.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { NormParams } from "../encoders/types";
import { expectShape } from "../shared/shapes";
import { columnAttention } from "./columnAttention";
import { outerProductMean } from "./outerProductMean";
import {
  expectAlignment,
  expectGatedAttention,
  expectOuterProduct,
  expectPairStack,
  expectPairs,
  expectRow,
  expectTransition,
} from "./pairChecks";
import { pairStack } from "./pairStack";
import type {
  GatedAttentionParams,
  OuterProductParams,
  PairStackParams,
  TransitionParams,
} from "./pairTypes";
import { rowAttentionWithPairBias } from "./rowAttentionWithPairBias";
import { transition } from "./transition";

export interface EvoformerParams {
  row: GatedAttentionParams & { normPair: NormParams };
  column: GatedAttentionParams;
  transition: TransitionParams;
  outer: OuterProductParams;
  pair: PairStackParams;
}

/**
 * One block: the alignment reads the pairs (row attention), then itself (column attention,
 * transition); the pairs read the alignment (outer product mean), then themselves (pairStack).
 * Every step is a residual.
 * @param msa float32 [B, R, N, C]
 * @param z float32 [B, N, N, Cz]
 * @param options heads of the alignment's attention, pairHeads of the triangle attention; msaMask
 *   [B, R, N] and pairMask [B, N, N]
 * @returns msa [B, R, N, C] and z [B, N, N, Cz]
 * @throws when a shape does not fit
 */
export function evoformerBlock(
  msa: tf.Tensor,
  z: tf.Tensor,
  params: EvoformerParams,
  options: { heads: number; pairHeads: number; msaMask?: tf.Tensor; pairMask?: tf.Tensor },
): { msa: tf.Tensor; z: tf.Tensor } {
  const { heads, pairHeads, msaMask: mask, pairMask } = options;
  const { B, R, N, C } = expectAlignment("evoformerBlock", msa);
  const { C: Cz } = expectPairs("evoformerBlock", z, pairMask, "pairMask");
  expectShape("evoformerBlock", "z", z, [B, N, N, Cz]);
  if (mask) expectShape("evoformerBlock", "msaMask", mask, [B, R, N]);
  expectRow("evoformerBlock", "row.", params.row, [C, Cz], heads);
  expectGatedAttention("evoformerBlock", C, params.column, heads, "column.");
  expectTransition("evoformerBlock", "transition.", params.transition, C);
  expectOuterProduct("evoformerBlock", "outer.", params.outer, [C, Cz]);
  expectPairStack("evoformerBlock", "pair.", params.pair, Cz, pairHeads);
  return tf.tidy(() => {
    let m = msa.add(rowAttentionWithPairBias(msa, z, params.row, { heads, mask }));
    m = m.add(columnAttention(m, params.column, { heads, mask }));
    m = m.add(transition(m, params.transition));
    const pairs = z.add(outerProductMean(m, params.outer, { mask }));
    return { msa: m, z: pairStack(pairs, params.pair, { heads: pairHeads, mask: pairMask }) };
  });
}
