/**
 * GPT-2, from ids to logits (Radford et al. 2019, "Language Models are Unsupervised Multitask
 * Learners", §2.3): token and position embeddings, pre-norm blocks under a causal mask, a last
 * norm, and a head that shares the token table. Dropout is left out.
 */
import * as tf from "@tensorflow/tfjs-core";
import { causalMask } from "../attention/causalMask";
import { geluTanh } from "../shared/geluTanhWithGradient";
import { layerNorm } from "../shared/layerNormWithGradient";
import { linear } from "../shared/linearWithGradient";
import { learnedPositions } from "../positions/learnedPositions";
import { expectIds } from "../shared/blockChecks";
import { expectGpt } from "./checks";
import { encoderBlock } from "../encoders/encoderBlock";
import type { GptParams } from "./types";

/**
 *   x = tokens[ids] + positions,  x = block(x) for each block,  logits = norm(x)·tokensᵀ
 * The blocks are pre-norm with tanh GELU and a causal mask; all norms have eps 1e-5.
 * @param ids int32 [B, T]
 * @param params tokens [V, C], positions [M, C], blocks, norm
 * @param options heads H
 * @returns logits [B, T, V]: row t scores the token that follows token t
 * @throws when an id is no row of tokens, T is over M, or a weight does not fit
 */
export function gptForward(
  ids: tf.Tensor,
  params: GptParams,
  options: { heads: number },
): tf.Tensor {
  expectIds("gptForward", ids, params.tokens);
  const T = ids.shape[1]!;
  expectGpt("gptForward", params, T, options);
  // yours
  return tf.tidy(() => {
    const mask = causalMask(T);
    // [B, T, C]
    let x: tf.Tensor = tf.gather(params.tokens, ids).add(learnedPositions(params.positions, T));
    for (const block of params.blocks) {
      x = encoderBlock(x, block, { heads: options.heads, activation: geluTanh, mask });
    }
    return linear(layerNorm(x, params.norm.gamma, params.norm.beta), params.tokens.transpose());
  });
}
