/**
 * Llama from ids to logits (Touvron et al. 2023, arXiv:2302.13971, §2.2), also SmolLM2's: no
 * positions are added, since RoPE turns queries and keys inside the blocks, so no table ends.
 */
import * as tf from "@tensorflow/tfjs-core";
import { linear } from "../shared/linearWithGradient";
import { rmsNorm } from "../blocks/rmsNorm";
import { expectIds } from "../shared/blockChecks";
import { expectLlama } from "./checks";
import { llamaBlock } from "./llamaBlock";
import type { LlamaOptions, LlamaParams } from "./types";

/**
 *   x = tokens[ids],  x = block(x) for each block,  logits = rmsNorm(x, norm)·head
 * with head = tokensᵀ where there is none.
 * @param ids int32 [B, T]
 * @param params tokens [V, C], blocks, norm [C], head [C, V] or none
 * @param options heads H and kvHeads G; base 10,000 and eps 1e-5 unless given
 * @returns logits [B, T, V]
 * @throws when an id is no row of tokens, or a weight does not fit
 */
export function llamaForward(
  ids: tf.Tensor,
  params: LlamaParams,
  options: LlamaOptions,
): tf.Tensor {
  expectIds("llamaForward", ids, params.tokens);
  expectLlama("llamaForward", params, options);
  // yours
  return tf.tidy(() => {
    let x: tf.Tensor = tf.gather(params.tokens, ids); // [B, T, C]
    for (const block of params.blocks) {
      x = llamaBlock(x, { k: null, v: null }, block, options).output;
    }
    return linear(
      rmsNorm(x, params.norm, options.eps ?? 1e-5),
      params.head ?? params.tokens.transpose(),
    );
  });
}
