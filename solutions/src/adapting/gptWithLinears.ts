/**
 * GPT-2 whose matrix products are the caller's: a place for LoRA, as the modules that Hugging Face's
 * PEFT puts in place of a model's linear layers.
 */
import * as tf from "@tensorflow/tfjs-core";
import { causalMask } from "../attention/causalMask";
import { mergeHeads } from "../attention/mergeHeads";
import { scaledDotProductAttention } from "../attention/scaledDotProductAttention";
import { splitHeads } from "../attention/splitHeads";
import { expectGpt } from "../decoders/checks";
import type { GptParams } from "../decoders/types";
import { learnedPositions } from "../positions/learnedPositions";
import { expectIds } from "../shared/blockChecks";
import { geluTanh } from "../shared/geluTanhWithGradient";
import { layerNorm } from "../shared/layerNormWithGradient";
import { linear } from "../shared/linearWithGradient";
import type { ApplyLinear } from "./types";

/**
 * gptForward in which `apply` multiplies by each matrix of each block. It's called with the input,
 * the matrix, its bias and its name, "0.q" for the queries of block 0; the others are k, v, o, up
 * and down.
 * @param ids int32 [B, T]
 * @param params tokens [V, C], positions [M, C], blocks with all biases, norm
 * @param options heads H; apply, x·w + bias unless given
 * @returns hidden [B, T, C], the stream after the last norm, and logits [B, T, V]
 * @throws when an id isn't a row of tokens, T is over M, or a weight doesn't fit
 */
export function gptWithLinears(
  ids: tf.Tensor,
  params: GptParams,
  options: { heads: number; apply?: ApplyLinear },
): { hidden: tf.Tensor; logits: tf.Tensor } {
  expectIds("gptWithLinears", ids, params.tokens);
  const T = ids.shape[1]!;
  expectGpt("gptWithLinears", params, T, options);
  const { tokens, positions, blocks, norm } = params;
  const { heads, apply = (x, w, bias) => linear(x, w, bias) } = options;
  return tf.tidy(() => {
    const mask = causalMask(T);
    let x = tf.gather(tokens, ids).add(learnedPositions(positions, T)); // [B, T, C]
    blocks.forEach(({ norm1, attention: p, norm2, mlp }, layer) => {
      const product = (x: tf.Tensor, w: tf.Tensor, bias: tf.Tensor, name: string) =>
        apply(x, w, bias, `${layer}.${name}`);
      const h = layerNorm(x, norm1.gamma, norm1.beta);
      const q = splitHeads(product(h, p.wq, p.bq!, "q"), heads); // [B, H, T, D]
      const k = splitHeads(product(h, p.wk, p.bk!, "k"), heads);
      const v = splitHeads(product(h, p.wv, p.bv!, "v"), heads);
      const read = scaledDotProductAttention(q, k, v, { mask }).output;
      x = x.add(product(mergeHeads(read), p.wo, p.bo!, "o"));
      const up = product(layerNorm(x, norm2.gamma, norm2.beta), mlp.w1, mlp.b1!, "up"); // [B, T, F]
      x = x.add(product(geluTanh(up), mlp.w2, mlp.b2!, "down"));
    });
    const hidden = layerNorm(x, norm.gamma, norm.beta);
    return { hidden, logits: linear(hidden, tokens.transpose()) };
  });
}
