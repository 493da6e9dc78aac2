/**
 * The loss that trains a language model (Radford et al. 2018, "Improving Language Understanding by
 * Generative Pre-Training", eq. 1): every token of a text is both the answer to everything before
 * it and part of the question for everything after it.
 */
import * as tf from "@tensorflow/tfjs-core";
import { crossEntropy } from "../blocks/crossEntropy";
import { expectIds } from "../shared/blockChecks";
import { expectRank } from "../shared/shapes";
import { expectGpt } from "./checks";
import { gptForward } from "./gptForward";
import type { GptParams } from "./types";

/**
 * The mean loss of a GPT on a batch of texts, in one pass over their first T tokens: the mean of
 * −log p(token t + 1 | tokens 0 … t) over t = 0 … T − 1 and all texts.
 * @param texts int32 [B, T + 1], T ≥ 1
 * @param params of gptForward
 * @param options heads H
 * @returns a scalar, in nats
 * @throws when texts have fewer than two tokens, an id is no row of tokens, T is over M, or a weight
 *   does not fit
 */
export function nextTokenLoss(
  texts: tf.Tensor,
  params: GptParams,
  options: { heads: number },
): tf.Tensor {
  expectRank("nextTokenLoss", "texts", texts, 2);
  const [B, length] = texts.shape as [number, number];
  if (length < 2) {
    const got = texts.shape.join(", ");
    throw new Error(`nextTokenLoss: expected texts of at least two tokens, got [${got}]`);
  }
  expectIds("nextTokenLoss", texts, params.tokens, { ids: "texts" });
  expectGpt("nextTokenLoss", params, length - 1, options);
  // yours
  return tf.tidy(() => {
    const inputs = texts.slice([0, 0], [B, length - 1]); // [B, T]
    const targets = texts.slice([0, 1], [B, length - 1]);
    return crossEntropy(gptForward(inputs, params, options), targets);
  });
}
