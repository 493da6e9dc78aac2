/**
 * Llama, from ids to logits (Touvron et al. 2023, arXiv:2302.13971, §2.2); SmolLM2 has the same
 * architecture. There is no table of positions to run out of: RoPE rotates queries and keys inside
 * the blocks.
 */
import * as tf from "@tensorflow/tfjs-core";
import { linear } from "../shared/linearWithGradient";
import { rmsNorm } from "../shared/rmsNormOnDevice";
import { expectIds } from "../shared/blockChecks";
import { expectLlama } from "./checks";
import { llamaBlock } from "./llamaBlock";
import type { LlamaOptions, LlamaParams } from "./types";

/**
 * Scores the next token after each prefix of each text.
 *   x = tokens[ids],  x = block(x) for each block,  logits = rmsNorm(x, norm)·head
 * @param ids int32 [B, T]
 * @param params tokens [V, C], blocks, norm [C], head [C, V], default tokensᵀ
 * @param options heads H and kvHeads G; base, default 10,000; eps, default 1e-5
 * @returns logits [B, T, V]: row t scores the token that follows token t
 * @throws when an id isn't a row of tokens, or a weight doesn't fit
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
    const { tokens, blocks, norm, head = tokens.transpose() } = params;
    let x: tf.Tensor = tf.gather(tokens, ids); // [B, T, C]
    for (const block of blocks) {
      x = llamaBlock(x, { k: null, v: null }, block, options).output;
    }
    return linear(rmsNorm(x, norm, options.eps ?? 1e-5), head);
  });
}
