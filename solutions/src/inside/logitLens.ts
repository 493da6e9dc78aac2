/**
 * The logit lens (nostalgebraist 2020, "interpreting GPT: the logit lens"): what a GPT would answer
 * if it had to stop after each of its layers.
 */
import * as tf from "@tensorflow/tfjs-core";
import { causalMask } from "../attention/causalMask";
import { expectGpt } from "../decoders/checks";
import type { GptParams } from "../decoders/types";
import { encoderBlock } from "../encoders/encoderBlock";
import { learnedPositions } from "../positions/learnedPositions";
import { expectIds } from "../shared/blockChecks";
import { geluTanh } from "../shared/geluTanhWithGradient";
import { layerNorm } from "../shared/layerNormWithGradient";
import { linear } from "../shared/linearWithGradient";

/**
 * Scores the next token from the residual stream before the first block and after each of the L
 * blocks, all through the model's last norm and its token table:
 *   x₀ = tokens[ids] + positions,  xₗ = block(xₗ₋₁),  lens[l] = norm(xₗ)·tokensᵀ
 * The blocks are gptForward's: pre-norm, tanh GELU, causal.
 * @param ids int32 [B, T]
 * @param params tokens [V, C], positions [M, C], blocks, norm
 * @param options heads H
 * @returns [L + 1, B, T, V]; the last row holds the model's logits
 * @throws when an id isn't a row of tokens, T is over M, or a weight doesn't fit
 */
export function logitLens(
  ids: tf.Tensor,
  params: GptParams,
  options: { heads: number },
): tf.Tensor {
  expectIds("logitLens", ids, params.tokens);
  const T = ids.shape[1]!;
  expectGpt("logitLens", params, T, options);
  // yours
  return tf.tidy(() => {
    const { tokens, positions, blocks, norm } = params;
    const mask = causalMask(T);
    let x = tf.gather(tokens, ids).add(learnedPositions(positions, T)); // [B, T, C]
    const streams = [x];
    for (const block of blocks) {
      x = encoderBlock(x, block, { heads: options.heads, activation: geluTanh, mask });
      streams.push(x);
    }
    const normed = layerNorm(tf.stack(streams), norm.gamma, norm.beta); // [L + 1, B, T, C]
    return linear(normed, tokens.transpose());
  });
}
