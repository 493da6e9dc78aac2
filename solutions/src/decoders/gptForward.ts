/**
 * GPT-2, from ids to logits (Radford et al. 2019, "Language Models are Unsupervised Multitask
 * Learners", §2.3): token and position embeddings, pre-norm blocks with a causal mask, a last norm,
 * and a head that shares the token table. Dropout is left out.
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
 * Scores the next token after each prefix of each text.
 *   x = tokens[ids] + positions,  x = block(x) for each block,  logits = norm(x)·tokensᵀ
 * The blocks are pre-norm with tanh GELU and a causal mask; all norms have eps 1e-5.
 * @param ids int32 [B, T]
 * @param params tokens [V, C], positions [M, C], blocks, norm
 * @param options heads H
 * @returns logits [B, T, V]: row t scores the token that follows token t
 * @throws when an id isn't a row of tokens, T is over M, or a weight doesn't fit
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
    const { tokens, positions, blocks, norm } = params;
    const mask = causalMask(T);
    let x = tf.gather(tokens, ids).add(learnedPositions(positions, T)); // [B, T, C]
    for (const block of blocks) {
      x = encoderBlock(x, block, { heads: options.heads, activation: geluTanh, mask });
    }
    return linear(layerNorm(x, norm.gamma, norm.beta), tokens.transpose());
  });
}
