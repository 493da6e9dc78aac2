/**
 * Block-sparse attention (Child et al. 2019, arXiv:1904.10509, §4.3 and 5.5; BigBird's form,
 * arXiv:2007.14062, appendix D).
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectCount, shapeText } from "../shared/shapes";
import { expectHeads } from "../shared/attentionChecks";
import { scaledDotProductAttention } from "../attention/scaledDotProductAttention";
import { attendTile, cut, flip, pieces } from "./tiles";

/**
 * Attention under the mask in which each entry of `blocks` stands for block × block tokens, but
 * only the chosen blocks are computed. Queries whose block sees none get zeros. The scale is 1/√D.
 * @param q [B, H, T, D]
 * @param k [B, H, T, D]
 * @param v [B, H, T, D]
 * @param blocks [T/block, T/block] of 0 and 1; rows are blocks of queries
 * @param block tokens in a block
 * @returns [B, H, T, D]
 * @throws when shapes do not fit, block does not divide T, or blocks has another shape or other
 *   numbers
 */
export function blockSparseAttention(
  q: tf.Tensor,
  k: tf.Tensor,
  v: tf.Tensor,
  blocks: number[][],
  block: number,
): tf.Tensor {
  const { B, H, T, S, D, scale } = expectHeads("blockSparseAttention", q, k, v, {});
  if (S !== T) {
    throw new Error(`blockSparseAttention: expected k and v with the ${T} tokens of q, got ${S}`);
  }
  expectBlocks(q, blocks, block);
  if (T === 0) return tf.tidy(() => scaledDotProductAttention(q, k, v).output);
  // yours
  return tf.tidy(() => {
    const tiles = cut(T, block);
    const queries = pieces(q.mul(scale), tiles);
    const keys = pieces(k, tiles).map(flip);
    const values = pieces(v, tiles);
    const noTokens = (x: tf.Tensor) => x.slice([0, 0, 0, 0], [B, H, 0, D]);
    const outputs = blocks.map((row, i) => {
      if (!row.includes(1)) {
        return scaledDotProductAttention(queries[i]!, noTokens(k), noTokens(v)).output;
      }
      const chosen = (x: tf.Tensor[]) => x.filter((_, j) => row[j] === 1);
      const seenKeys = tf.concat(chosen(keys), 3); // [B, H, D, seen]
      const seenValues = tf.concat(chosen(values), 2);
      return attendTile(queries[i]!, seenKeys, seenValues);
    });
    return tf.concat(outputs, 2);
  });
}

// given
function expectBlocks(q: tf.Tensor, blocks: number[][], block: number): void {
  const T = q.shape[2]!;
  expectCount("blockSparseAttention", "block", block);
  if (T % block !== 0) {
    throw new Error(
      `blockSparseAttention: expected block to divide the ${T} tokens of q ` +
        `${shapeText(q.shape)}, got block ${block}`,
    );
  }
  const n = T / block;
  const fits = (row: number[]) => row.length === n && row.every((b) => b === 0 || b === 1);
  if (blocks.length !== n || !blocks.every(fits)) {
    const lengths = blocks.map((row) => row.length).join(", ");
    throw new Error(
      `blockSparseAttention: expected blocks [${n}, ${n}] of 0 and 1, ` +
        `got ${blocks.length} rows of ${lengths}`,
    );
  }
}
