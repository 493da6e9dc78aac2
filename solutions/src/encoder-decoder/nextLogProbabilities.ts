/** The step of greedy search and beam search: what a decoder expects next. */
import * as tf from "@tensorflow/tfjs-core";
import { decodeTarget } from "./decodeTarget";
import type { Seq2SeqParams } from "./types";

/**
 * log softmax of the decoder's scores for the token after each prefix.
 * @param prefixes n lists of ids of one length, each starting with "begin"
 * @param memory [n, S, C], or [1, S, C] for all prefixes
 * @param params of the model
 * @param options heads H; memoryMask as in decodeTarget
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
    const ids = tf.tensor(prefixes, [n, T], "int32");
    const logits = decodeTarget(ids, shared, params, options); // [n, T, V]
    const last = logits.slice([0, T - 1, 0], [n, 1, -1]).squeeze([1]); // [n, V]
    return tf.logSoftmax(last);
  });
}
