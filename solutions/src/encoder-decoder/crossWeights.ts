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
 * Runs the decoder up to the last cross-attention and returns its weights.
 * @param ids int32 [B, T], what the decoder reads, "begin" first
 * @param memory [B, S, C]
 * @param params of a post-norm model
 * @param options heads H; memoryMask as in decodeTarget
 * @returns [B, H, T, S]; row t is where the model looks while it chooses the token after the t-th
 */
export function crossWeights(
  ids: tf.Tensor,
  memory: tf.Tensor,
  params: Seq2SeqParams,
  options: { heads: number; memoryMask?: tf.Tensor },
): tf.Tensor {
  const { heads, memoryMask } = options;
  const { self, norm1, cross } = params.decoder.at(-1)!;
  return tf.tidy(() => {
    let x = embedTokens(ids, params.target);
    for (const block of params.decoder.slice(0, -1)) x = decoderBlock(x, memory, block, options);
    const mask = causalMask(ids.shape[1]!);
    const attended = multiHeadAttention(x, self, { heads, mask });
    const h = layerNorm(x.add(attended), norm1.gamma, norm1.beta);
    const q = splitHeads(linear(h, cross.wq, cross.bq), heads);
    const k = splitHeads(linear(memory, cross.wk, cross.bk), heads);
    const v = splitHeads(linear(memory, cross.wv, cross.bv), heads);
    return scaledDotProductAttention(q, k, v, { mask: memoryMask }).weights;
  });
}
