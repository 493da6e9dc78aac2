/**
 * One block of AlphaFold 3's Pairformer (Abramson et al. 2024, doi:10.1038/s41586-024-07487-w,
 * supplement, algorithm 17): instead of an alignment, one row of tokens reads the pairs. Left out:
 * dropout, and the bias of the queries.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectFloats, expectShape } from "../shared/shapes";
import type { NormParams } from "../encoders/types";
import { expectPairStack, expectPairs, expectRow, expectTransition } from "./pairChecks";
import { pairStack } from "./pairStack";
import type { GatedAttentionParams, PairStackParams, TransitionParams } from "./pairTypes";
import { rowAttentionWithPairBias } from "./rowAttentionWithPairBias";
import { transition } from "./transition";

export interface PairformerParams {
  pair: PairStackParams;
  row: GatedAttentionParams & { normPair: NormParams };
  transition: TransitionParams;
}

/**
 * One block: the pairs update themselves (pairStack), then the tokens attend with a bias from the
 * pairs and go through a transition.
 * @param s float32 [B, N, C], one row of tokens
 * @param z float32 [B, N, N, Cz]
 * @param options heads of the tokens' attention, pairHeads of the triangle attention; mask [B, N]
 *   and pairMask [B, N, N]
 * @returns s [B, N, C] and z [B, N, N, Cz]
 * @throws when a shape does not fit
 */
export function pairformerBlock(
  s: tf.Tensor,
  z: tf.Tensor,
  params: PairformerParams,
  options: { heads: number; pairHeads: number; mask?: tf.Tensor; pairMask?: tf.Tensor },
): { s: tf.Tensor; z: tf.Tensor } {
  const { heads, pairHeads, mask, pairMask } = options;
  const { B, N, C: Cz } = expectPairs("pairformerBlock", z, pairMask, "pairMask");
  expectFloats("pairformerBlock", "s", s, [B, N, "C"]);
  const C = s.shape[2]!;
  if (mask) expectShape("pairformerBlock", "mask", mask, [B, N]);
  expectPairStack("pairformerBlock", "pair.", params.pair, Cz, pairHeads);
  expectRow("pairformerBlock", "row.", params.row, [C, Cz], heads);
  expectTransition("pairformerBlock", "transition.", params.transition, C);
  return tf.tidy(() => {
    const pairs = pairStack(z, params.pair, { heads: pairHeads, mask: pairMask });
    const alignment = s.expandDims(1); // of one sequence: [B, 1, N, C]
    const rowMask = mask?.expandDims(1);
    const row = rowAttentionWithPairBias(alignment, pairs, params.row, { heads, mask: rowMask });
    const y = s.add(row.squeeze([1]));
    return { s: y.add(transition(y, params.transition)), z: pairs };
  });
}
