/** The input of the first Transformer (Vaswani et al. 2017, arXiv:1706.03762, §3.4 and §3.5). */
import * as tf from "@tensorflow/tfjs-core";
import { linear } from "../shared/linearWithGradient";
import { oneHot } from "../orientation/oneHot";
import { sinusoidalPositions } from "../positions/sinusoidalPositions";
import { expectTokens } from "./checks";

/**
 * Embeds tokens: √C · table[id] + sinusoidalPositions. The paper gives no reason for √C; without
 * it, positions would drown out the words.
 * @param ids int32 [B, T], rows of the table
 * @param table [V, C], C even
 * @returns [B, T, C]
 * @throws when an id is not in the table, or C is odd
 */
export function embedTokens(ids: tf.Tensor, table: tf.Tensor): tf.Tensor {
  expectTokens("embedTokens", ids, table, "table");
  const [V, C] = table.shape as [number, number];
  return tf.tidy(() => {
    const words = linear(oneHot(ids, V), table); // [B, T, C]
    return words.mul(Math.sqrt(C)).add(sinusoidalPositions(ids.shape[1]!, C));
  });
}
