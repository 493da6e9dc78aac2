/**
 * BERT's encoder (Devlin et al. 2018, arXiv:1810.04805, §3 and figure 2). Each token's vector is
 * the normalized sum of its word, its position and its segment. It goes through post-norm blocks in
 * which every token sees every other. Left out: dropout, and the pooler, which MiniLM doesn't use.
 */
import * as tf from "@tensorflow/tfjs-core";
import { paddingMask } from "../attention/paddingMask";
import { layerNorm } from "../shared/layerNormWithGradient";
import { expectIds } from "../shared/blockChecks";
import { expectFloats, expectShape } from "../shared/shapes";
import { expectEncoder, expectLengths } from "./checks";
import { lookUpTokens } from "./lookUpTokens";
import { encoderBlock } from "./encoderBlock";
import type { BertParams } from "./types";

/**
 * Encodes a batch of texts.
 *   x = norm(tokens[id] + positions[t] + segments[segment]),  x = block(x) for each block
 * Blocks are post-norm with exact gelu; every norm has eps 1e-12.
 * @param ids int32 [B, T], T at most M
 * @param params tokens [V, C], positions [M, C], segments [kinds, C], norm, blocks
 * @param options heads H; segments int32 [B, T], default all 0; lengths int32 [B], the tokens in
 *   each row that aren't padding, default T
 * @returns [B, T, C]; rows at padding are meaningless
 * @throws when an id or a segment isn't in its table, T is over M, or a shape doesn't fit
 */
export function bertEncode(
  ids: tf.Tensor,
  params: BertParams,
  options: { heads: number; segments?: tf.Tensor; lengths?: tf.Tensor },
): tf.Tensor {
  const { heads, segments, lengths } = options;
  expectIds("bertEncode", ids, params.tokens);
  const [B, T] = ids.shape as [number, number];
  const C = params.tokens.shape[1]!;
  expectFloats("bertEncode", "positions", params.positions, ["M", C]);
  const M = params.positions.shape[0]!;
  if (T > M) throw new Error(`bertEncode: expected ids of at most ${M} tokens, got ${T}`);
  expectFloats("bertEncode", "segments", params.segments, ["kinds", C]);
  if (segments) {
    expectShape("bertEncode", "segments", segments, [B, T]);
    expectIds("bertEncode", segments, params.segments, { ids: "segments", table: "segments" });
  }
  if (lengths) expectLengths("bertEncode", lengths, [B, T]);
  expectEncoder("bertEncode", params, { heads });
  // yours
  return tf.tidy(() => {
    const { tokens, positions, norm } = params;
    const words = lookUpTokens(ids, tokens); // [B, T, C]
    const places = positions.slice([0, 0], [T, C]); // [T, C]
    const kinds = lookUpTokens(segments ?? tf.zerosLike(ids), params.segments);
    let x = layerNorm(words.add(places).add(kinds), norm.gamma, norm.beta, 1e-12);
    const mask = lengths && paddingMask(lengths, T);
    for (const block of params.blocks) {
      x = encoderBlock(x, block, { heads, mask, norm: "post", eps: 1e-12 });
    }
    return x;
  });
}
