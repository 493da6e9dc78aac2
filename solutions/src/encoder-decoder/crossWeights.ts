/**
 * Where a decoder looks: the weights of its last cross-attention, which can be read as an alignment
 * (Bahdanau et al. 2014, arXiv:1409.0473).
 */
import * as tf from "@tensorflow/tfjs-core";
import { causalMask } from "../attention/causalMask";
import { multiHeadAttention } from "../attention/multiHeadAttention";
import { scaledDotProductAttention } from "../attention/scaledDotProductAttention";
import { splitHeads } from "../attention/splitHeads";
import { layerNorm } from "../shared/layerNormWithGradient";
import { linear } from "../shared/linearWithGradient";
import { decoderBlock } from "./decoderBlock";
import { embedTokens } from "./embedTokens";
import type { Seq2SeqParams } from "./types";

/**
 * Runs all blocks but the last, and of the last as much as its cross-attention needs.
 * @param ids int32 [B, T], what the decoder reads, "begin" first
 * @param memory [B, S, C]
 * @param params the model's, post-norm
 * @param options heads H; memoryMask as decodeTarget has it
 * @returns [B, H, T, S]; row t looks at the source while it chooses the token after the t-th
 */
export function crossWeights(
  ids: tf.Tensor,
  memory: tf.Tensor,
  params: Seq2SeqParams,
  options: { heads: number; memoryMask?: tf.Tensor },
): tf.Tensor {
  const { heads, memoryMask } = options;
  const last = params.decoder[params.decoder.length - 1]!;
  return tf.tidy(() => {
    const x = params.decoder
      .slice(0, -1)
      .reduce(
        (y, block) => decoderBlock(y, memory, block, options),
        embedTokens(ids, params.target),
      );
    const h = layerNorm(
      x.add(multiHeadAttention(x, last.self, { heads, mask: causalMask(ids.shape[1]!) })),
      last.norm1.gamma,
      last.norm1.beta,
    );
    const { wq, bq, wk, bk, wv, bv } = last.cross;
    const [q, k, v] = [linear(h, wq, bq), linear(memory, wk, bk), linear(memory, wv, bv)].map((y) =>
      splitHeads(y, heads),
    );
    return scaledDotProductAttention(q!, k!, v!, { mask: memoryMask }).weights;
  });
}
