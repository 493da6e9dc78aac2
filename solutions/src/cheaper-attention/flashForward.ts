/**
 * The forward pass of FlashAttention-2 (Dao 2023, arXiv:2307.08691, algorithm 1) as tensor code:
 * only the scores of one tile of queries and keys exist at a time. Dropout is left out.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectFlash, hide, meet, wall, type FlashOptions, type FlashResult } from "./flashGrid";
import { flip, pieces } from "./tiles";

/** The most negative float32: subtracting it from −∞ gives −∞, while (−∞) − (−∞) would be NaN. */
// given
const LOWEST = -3.4028234663852886e38;

/**
 * output = softmax(q·kᵀ·scale)·v and logSumExp = log Σ exp(q·kᵀ·scale).
 *
 * Each tile of queries meets the keys tile by tile, with the running maximum and sum of online
 * softmax. A query that sees no key (no keys at all, or more queries than keys when causal) gets
 * zeros and −∞. flashAttention is the differentiable form.
 * @param q [B, H, T, D]
 * @param k [B, H, S, D]
 * @param v [B, H, S, D]
 * @param options causal, blockQ, blockK, scale
 * @returns output [B, H, T, D], logSumExp [B, H, T]
 * @throws when shapes do not fit, a block is not a whole number of at least 1, or the scale is not
 *   a finite number
 */
export function flashForward(
  q: tf.Tensor,
  k: tf.Tensor,
  v: tf.Tensor,
  options: FlashOptions = {},
): FlashResult {
  const { B, H, T, D, scale, grid } = expectFlash("flashForward", q, k, v, options);
  if (T === 0) return { output: tf.zeros([B, H, 0, D]), logSumExp: tf.zeros([B, H, 0]) };
  // yours
  return tf.tidy(() => {
    const queries = pieces(q.mul(scale), grid.queries);
    const keysT = pieces(k, grid.keys).map(flip);
    const values = pieces(v, grid.keys);
    const rows = grid.queries.map((query, i) =>
      tf.tidy(() => {
        let row: Row = {
          top: tf.fill([B, H, query.size, 1], LOWEST),
          sum: tf.zeros([B, H, query.size, 1]),
          output: tf.zeros([B, H, query.size, D]),
        };
        grid.keys.forEach((key, j) => {
          if (!meet(query, key, grid)) return;
          const next = tf.tidy(() => {
            const scores = queries[i]!.matMul(keysT[j]!); // [B, H, blockQ, blockK]
            return takeIn(row, hide(scores, wall(query, key, grid)), values[j]!);
          });
          tf.dispose(row);
          row = next;
        });
        const { top, sum, output } = row; // the sum is 0 or at least 1
        return { output: output.div(sum.maximum(1)), logSumExp: top.add(sum.log()) };
      }),
    );
    const join = (tiles: tf.Tensor[]) => tf.concat(tiles, 2);
    return {
      output: join(rows.map((row) => row.output)),
      logSumExp: join(rows.map((row) => row.logSumExp)).squeeze([3]),
    };
  });
}

/**
 * What a tile of queries knows so far: the running maximum and sum [B, H, blockQ, 1], and the
 * output before its division by the sum [B, H, blockQ, D].
 */
type Row = { top: tf.Tensor; sum: tf.Tensor; output: tf.Tensor };

/** One step of online softmax: one more tile of keys, by their scores and values. */
function takeIn({ top, sum, output }: Row, scores: tf.Tensor, values: tf.Tensor): Row {
  const newTop = top.maximum(scores.max(-1, true)); // [B, H, blockQ, 1]
  const kept = top.sub(newTop).exp(); // what the sums so far are worth under the new maximum
  const weights = scores.sub(newTop).exp();
  return {
    top: newTop,
    sum: sum.mul(kept).add(weights.sum(-1, true)),
    output: output.mul(kept).add(weights.matMul(values)),
  };
}
