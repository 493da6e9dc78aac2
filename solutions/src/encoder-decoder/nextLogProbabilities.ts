/** What a decoder expects next: the step of greedy and of beam search. */
import * as tf from "@tensorflow/tfjs-core";
import { decodeTarget } from "./decodeTarget";
import type { Seq2SeqParams } from "./types";

/**
 * log softmax of the decoder's scores for the token after each prefix.
 * @param prefixes n lists of ids of one length, each with "begin" first
 * @param memory [n, S, C], or [1, S, C], which all prefixes read
 * @param params the model's
 * @param options heads H; memoryMask as decodeTarget has it
 * @returns [n, V]
 */
export function nextLogProbabilities(
  prefixes: number[][],
  memory: tf.Tensor,
  params: Seq2SeqParams,
  options: { heads: number; memoryMask?: tf.Tensor },
): tf.Tensor {
  return tf.tidy(() => {
    const n = prefixes.length;
    const T = prefixes[0]!.length;
    const [B, S, C] = memory.shape as [number, number, number];
    const shared = B === n ? memory : memory.broadcastTo([n, S, C]);
    const logits = decodeTarget(tf.tensor(prefixes, [n, T], "int32"), shared, params, options);
    return tf.logSoftmax(logits.slice([0, T - 1, 0], [n, 1, -1]).squeeze([1]));
  });
}
