/**
 * The backward pass of FlashAttention-2 (Dao 2023, arXiv:2307.08691, algorithm 2) as tensor code:
 * nothing of the size of the scores was kept, so the weights are made again, tile by tile.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectShape } from "../shared/shapes";
import { expectFlash, hide, meet, wall, type FlashOptions, type FlashResult } from "./flashGrid";
import { flip, pieces } from "./tiles";

/**
 * The most negative float32: a query that saw nothing has logSumExp −∞, and (−∞) − (−∞) would be
 * NaN.
 */
// given
const LOWEST = -3.4028234663852886e38;

/**
 * The gradients of flashForward. With weights = exp(scores − logSumExp), scores = q·kᵀ·scale:
 * dv = weightsᵀ·dOutput and dScores = weights ∘ (dOutput·vᵀ − rowsum(dOutput ∘ output) +
 * dLogSumExp), from which dq = dScores·k·scale and dk = dScoresᵀ·q·scale.
 * @param q [B, H, T, D]
 * @param k [B, H, S, D]
 * @param v [B, H, S, D]
 * @param result what flashForward gave for q, k, v
 * @param dy the gradients with respect to it, of the same shapes
 * @param options causal, blockQ, blockK, scale, as they were given to flashForward
 * @returns dq [B, H, T, D], dk [B, H, S, D], dv [B, H, S, D]
 * @throws when shapes do not fit, a block is no whole number of at least 1, or the scale is no
 *   number
 */
export function flashBackward(
  q: tf.Tensor,
  k: tf.Tensor,
  v: tf.Tensor,
  result: FlashResult,
  dy: FlashResult,
  options: FlashOptions = {},
): { dq: tf.Tensor; dk: tf.Tensor; dv: tf.Tensor } {
  const { B, H, T, S, D, scale, grid } = expectFlash("flashBackward", q, k, v, options);
  for (const [name, of] of [
    ["result", result],
    ["dy", dy],
  ] as const) {
    expectShape("flashBackward", `${name}.output`, of.output, [B, H, T, D]);
    expectShape("flashBackward", `${name}.logSumExp`, of.logSumExp, [B, H, T]);
  }
  if (T === 0 || S === 0) return { dq: tf.zerosLike(q), dk: tf.zerosLike(k), dv: tf.zerosLike(v) };
  // yours
  return tf.tidy(() => {
    const column = (x: tf.Tensor) => x.expandDims(3); // [B, H, T] → [B, H, T, 1]
    // [B, H, T, 1]
    const shift = dy.output.mul(result.output).sum(-1, true).sub(column(dy.logSumExp));
    const ofQueries = (x: tf.Tensor) => pieces(x, grid.queries);
    const ofKeys = (x: tf.Tensor) => pieces(x, grid.keys);
    const queries = ofQueries(q.mul(scale));
    const dOutputs = ofQueries(dy.output);
    const keys = ofKeys(k);
    const values = ofKeys(v);
    // scores are made as [keys, queries], so that no product needs a transposed matrix
    const queriesT = queries.map(flip);
    const dOutputsT = dOutputs.map(flip);
    const keysT = keys.map(flip);
    const shifts = ofQueries(shift).map(flip);
    // [B, H, 1, blockQ]
    const norms = ofQueries(column(result.logSumExp).maximum(LOWEST)).map(flip);
    const dqT = grid.queries.map(({ size }) => tf.zeros([B, H, D, size]) as tf.Tensor);
    const columns = grid.keys.map((key, j) => {
      let dk: tf.Tensor = tf.zeros([B, H, key.size, D]);
      let dv: tf.Tensor = tf.zeros([B, H, key.size, D]);
      grid.queries.forEach((query, i) => {
        if (!meet(query, key, grid)) return;
        const next = tf.tidy(() => {
          // [B, H, blockK, blockQ]
          const scores = hide(keys[j]!.matMul(queriesT[i]!), wall(query, key, grid)?.transpose());
          const weights = scores.sub(norms[i]!).exp();
          const dScores = weights.mul(values[j]!.matMul(dOutputsT[i]!).sub(shifts[i]!));
          return [
            dqT[i]!.add(keysT[j]!.matMul(dScores)),
            dk.add(dScores.matMul(queries[i]!)),
            dv.add(weights.matMul(dOutputs[i]!)),
          ] as [tf.Tensor, tf.Tensor, tf.Tensor];
        });
        tf.dispose([dqT[i]!, dk, dv]);
        [dqT[i], dk, dv] = next;
      });
      return { dk, dv };
    });
    return {
      dq: flip(tf.concat(dqT, 3)).mul(scale),
      dk: tf.concat(
        columns.map((c) => c.dk),
        2,
      ),
      dv: tf.concat(
        columns.map((c) => c.dv),
        2,
      ),
    };
  });
}
