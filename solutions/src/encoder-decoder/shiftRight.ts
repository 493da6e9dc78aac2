/**
 * What a decoder reads while it learns (Vaswani et al. 2017, arXiv:1706.03762, §3.1: "output
 * embeddings are offset by one position").
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectDtype, expectShape } from "../shared/shapes";

/**
 * Moves every text one place to the right: out[b, 0] = begin, out[b, t] = target[b, t − 1].
 * At each place, the decoder reads what came before and predicts the token at that place.
 * @param target int32 [B, T]
 * @param begin the id that begins every text
 * @returns int32 [B, T], without the last id of each row
 * @throws when target isn't int32 of rank 2 with at least one column
 */
export function shiftRight(target: tf.Tensor, begin: number): tf.Tensor {
  expectShape("shiftRight", "target", target, ["B", "T"]);
  expectDtype("shiftRight", "target", target, "int32");
  const [B, T] = target.shape as [number, number];
  if (T === 0) {
    throw new Error(`shiftRight: expected target with at least one column, got [${B}, 0]`);
  }
  // yours
  return tf.tidy(() => {
    const first = tf.fill([B, 1], begin, "int32");
    return tf.concat([first, target.slice([0, 0], [B, T - 1])], 1);
  });
}
