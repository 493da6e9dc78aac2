/**
 * GPT-2 that can be looked into: a hook sees activations and may replace them, as in
 * TransformerLens (run_with_hooks) and PyTorch (register_forward_hook).
 */
import * as tf from "@tensorflow/tfjs-core";
import { causalMask } from "../attention/causalMask";
import { mergeHeads } from "../attention/mergeHeads";
import { scaledDotProductAttention } from "../attention/scaledDotProductAttention";
import { splitHeads } from "../attention/splitHeads";
import type { AttentionParams } from "../attention/types";
import { feedForward } from "../blocks/feedForward";
import { expectGpt } from "../decoders/checks";
import type { GptParams } from "../decoders/types";
import { learnedPositions } from "../positions/learnedPositions";
import { expectIds } from "../shared/blockChecks";
import { geluTanh } from "../shared/geluTanhWithGradient";
import { layerNorm } from "../shared/layerNormWithGradient";
import { linear } from "../shared/linearWithGradient";
import type { Hook } from "./types";

/** Attention in which a hook may replace the weights and what the heads have read. */
function attend(x: tf.Tensor, params: AttentionParams, heads: number, layer: number, hook: Hook) {
  const q = splitHeads(linear(x, params.wq, params.bq), heads); // [B, H, T, D]
  const k = splitHeads(linear(x, params.wk, params.bk), heads);
  const v = splitHeads(linear(x, params.wv, params.bv), heads);
  const mask = causalMask(x.shape[1]!);
  const read = scaledDotProductAttention(q, k, v, { mask });
  const weights = hook(read.weights, { layer, part: "weights" });
  const output = weights === read.weights ? read.output : weights.matMul(v);
  const z = hook(output, { layer, part: "heads" });
  return linear(mergeHeads(z), params.wo, params.bo);
}

/**
 * gptForward with a hook. In each block it sees, in this order, the stream that enters, the weights
 * of attention, what the heads have read, and what the feed-forward network adds; after the last
 * block once more the stream.
 * Tensors stay until the caller's tf.tidy ends, since a hook may keep them.
 * @param ids int32 [B, T]
 * @param params tokens [V, C], positions [M, C], blocks, norm
 * @param options heads H; hook, which returns what the run continues with
 * @returns logits [B, T, V]
 * @throws when an id isn't a row of tokens, T is over M, or a weight doesn't fit
 */
export function gptWithHooks(
  ids: tf.Tensor,
  params: GptParams,
  options: { heads: number; hook?: Hook },
): tf.Tensor {
  expectIds("gptWithHooks", ids, params.tokens);
  const T = ids.shape[1]!;
  expectGpt("gptWithHooks", params, T, options);
  const { tokens, positions, blocks, norm } = params;
  const { heads, hook = (x) => x } = options;
  let x = tf.gather(tokens, ids).add(learnedPositions(positions, T)); // [B, T, C]
  blocks.forEach((block, layer) => {
    x = hook(x, { layer, part: "stream" });
    const h = layerNorm(x, block.norm1.gamma, block.norm1.beta);
    x = x.add(attend(h, block.attention, heads, layer, hook));
    const added = feedForward(
      layerNorm(x, block.norm2.gamma, block.norm2.beta),
      block.mlp,
      geluTanh,
    );
    x = x.add(hook(added, { layer, part: "mlp" }));
  });
  x = hook(x, { layer: blocks.length, part: "stream" });
  return linear(layerNorm(x, norm.gamma, norm.beta), tokens.transpose());
}
