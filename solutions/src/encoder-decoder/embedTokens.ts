/** The input of the first Transformer (Vaswani et al. 2017, arXiv:1706.03762, §3.4 and §3.5). */
import * as tf from "@tensorflow/tfjs-core";
import { linear } from "../shared/linearWithGradient";
import { oneHot } from "../orientation/oneHot";
import { sinusoidalPositions } from "../positions/sinusoidalPositions";
import { expectTokens } from "./checks";

/**
 * √C · table[id] + the position's waves. The paper gives no reason for √C; with it words are not
 * drowned by their positions.
 * @param ids int32 [B, T], rows of the table
 * @param table [V, C], C even
 * @returns [B, T, C]
 * @throws when an id is not in the table, or C is odd
 */
export function embedTokens(ids: tf.Tensor, table: tf.Tensor): tf.Tensor {
  expectTokens("embedTokens", ids, table, "table");
  const [V, C] = table.shape as [number, number];
  return tf.tidy(() =>
    linear(oneHot(ids, V), table).mul(Math.sqrt(C)).add(sinusoidalPositions(ids.shape[1]!, C)),
  );
}
