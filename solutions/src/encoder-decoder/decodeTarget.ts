/**
 * The decoder half of the first Transformer (Vaswani et al. 2017, arXiv:1706.03762, fig. 1, right),
 * with its output tied to its embeddings (§3.4).
 */
import * as tf from "@tensorflow/tfjs-core";
import { linear } from "../shared/linearWithGradient";
import { expectDecoderBlock, expectMemory, expectTokens } from "./checks";
import { decoderBlock } from "./decoderBlock";
import { embedTokens } from "./embedTokens";
import type { Seq2SeqParams } from "./types";

/**
 * Scores every token that may come next.
 *   y = embedTokens(ids),  y = block(y, memory) for each block,  logits = y·targetᵀ
 * @param ids int32 [B, T], what is written so far, starting with "begin"
 * @param memory [B, S, C], from encodeSource
 * @param params target [V, C], which embeds and scores, and the blocks of the decoder
 * @param options heads H; memoryMask, to [B, H, T, S], is 1 where the source may be read
 * @returns logits [B, T, V]; those at t score the token after the t-th
 * @throws when an id is no row of target, or the memory, its mask or a weight does not fit
 */
export function decodeTarget(
  ids: tf.Tensor,
  memory: tf.Tensor,
  params: Seq2SeqParams,
  options: { heads: number; memoryMask?: tf.Tensor },
): tf.Tensor {
  expectTokens("decodeTarget", ids, params.target, "target");
  const [B, T] = ids.shape as [number, number];
  const C = params.target.shape[1]!;
  const widths: [number, number] = [C, expectMemory("decodeTarget", memory, [B, T], options)];
  params.decoder.forEach((block, i) =>
    expectDecoderBlock("decodeTarget", `decoder[${i}].`, block, widths, options),
  );
  // yours
  return tf.tidy(() => {
    let y = embedTokens(ids, params.target);
    for (const block of params.decoder) y = decoderBlock(y, memory, block, options);
    return linear(y, params.target.transpose());
  });
}
