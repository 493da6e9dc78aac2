/**
 * The forward pass of FlashAttention-2 (Dao 2023, arXiv:2307.08691, algorithm 1) as tensor code:
 * scores exist for one tile of queries and keys at a time. Dropout is left out.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectFlash, hide, meet, wall, type FlashOptions, type FlashResult } from "./flashGrid";
import { flip, pieces } from "./tiles";

/** The most negative float32: subtracting it from −∞ gives −∞, while (−∞) − (−∞) would be NaN. */
// given
const LOWEST = -3.4028234663852886e38;

/**
 * output = softmax(q·kᵀ·scale)·v and logSumExp = log Σ exp(q·kᵀ·scale). A tile of queries meets the
 * keys tile by tile, with the running maximum and sum of online softmax. A query that sees no key
 * (no keys at all, or more queries than keys when causal) gets zeros and −∞. flashAttention is its
 * differentiable form.
 * @param q [B, H, T, D]
 * @param k [B, H, S, D]
 * @param v [B, H, S, D]
 * @param options causal, blockQ, blockK, scale
 * @returns output [B, H, T, D], logSumExp [B, H, T]
 * @throws when shapes do not fit, a block is no whole number of at least 1, or the scale is no
 *   number
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
        let top: tf.Tensor = tf.fill([B, H, query.size, 1], LOWEST);
        let sum = tf.zerosLike(top);
        let output: tf.Tensor = tf.zeros([B, H, query.size, D]);
        grid.keys.forEach((key, j) => {
          if (!meet(query, key, grid)) return;
          const next = tf.tidy(() => {
            // [B, H, blockQ, blockK]
            const scores = hide(queries[i]!.matMul(keysT[j]!), wall(query, key, grid));
            const newTop = top.maximum(scores.max(-1, true)); // [B, H, blockQ, 1]
            // what the sums so far are worth under the new maximum
            const kept = top.sub(newTop).exp();
            const weights = scores.sub(newTop).exp();
            return [
              newTop,
              sum.mul(kept).add(weights.sum(-1, true)),
              output.mul(kept).add(weights.matMul(values[j]!)),
            ] as [tf.Tensor, tf.Tensor, tf.Tensor];
          });
          tf.dispose([top, sum, output]);
          [top, sum, output] = next;
        });
        // the sum is 0 or at least 1
        return { output: output.div(sum.maximum(1)), logSumExp: top.add(sum.log()) };
      }),
    );
    return {
      output: tf.concat(
        rows.map((r) => r.output),
        2,
      ),
      logSumExp: tf
        .concat(
          rows.map((r) => r.logSumExp),
          2,
        )
        .squeeze([3]),
    };
  });
}
