/**
 * ESM-2's encoder of proteins (Lin et al. 2023, doi:10.1126/science.ade2574): BERT with the norms
 * moved to the front of each layer, one more norm at the end, rotary positions instead of a table,
 * and masked tokens dropped from the input (token_dropout). Left out: dropout inside the blocks.
 */
import * as tf from "@tensorflow/tfjs-core";
import { paddingMask } from "../attention/paddingMask";
import { layerNorm } from "../shared/layerNormWithGradient";
import { expectIds } from "../shared/blockChecks";
import { expectEncoder, expectLengths } from "./checks";
import { lookUpTokens } from "./lookUpTokens";
import { encoderBlock } from "./encoderBlock";
import { tokenDropout } from "./tokenDropout";
import type { EsmParams } from "./types";

/**
 * Encodes a batch of proteins.
 *   x = tokens[id],  x = tokenDropout(x) if maskId is given,
 *   x = block(x) for each block,  y = norm(x)
 * Blocks are pre-norm with exact gelu and RoPE in halves; every norm has eps 1e-5.
 * @param ids int32 [B, T], any T
 * @param params tokens [V, C], blocks, norm
 * @param options heads H; lengths int32 [B], the tokens in each row that aren't padding, default T;
 *   maskId, the token that tokenDropout drops, at ESM-2's share in training; without it, none
 * @returns [B, T, C]; rows at padding are meaningless
 * @throws when an id isn't in the table or a shape doesn't fit
 */
export function esmEncode(
  ids: tf.Tensor,
  params: EsmParams,
  options: { heads: number; lengths?: tf.Tensor; maskId?: number },
): tf.Tensor {
  const { heads, lengths, maskId } = options;
  expectIds("esmEncode", ids, params.tokens);
  const [B, T] = ids.shape as [number, number];
  if (lengths) expectLengths("esmEncode", lengths, [B, T]);
  expectEncoder("esmEncode", params, { heads, rope: { layout: "halves" } });
  // yours
  return tf.tidy(() => {
    let x = lookUpTokens(ids, params.tokens); // [B, T, C]
    if (maskId !== undefined) x = tokenDropout(x, ids, { maskId, lengths });
    const mask = lengths && paddingMask(lengths, T);
    for (const block of params.blocks) {
      x = encoderBlock(x, block, { heads, mask, norm: "pre", rope: { layout: "halves" } });
    }
    return layerNorm(x, params.norm.gamma, params.norm.beta);
  });
}
