/**
 * The backward pass of FlashAttention-2 (Dao 2023, arXiv:2307.08691, algorithm 2) as tensor code.
 * Nothing of the size of the scores was kept, so the weights are computed again, tile by tile.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectShape } from "../shared/shapes";
import { expectFlash, hide, meet, wall, type FlashOptions, type FlashResult } from "./flashGrid";
import { flip, pieces, type Tile } from "./tiles";

/**
 * The most negative float32: a query that saw nothing has logSumExp −∞, and (−∞) − (−∞) would be
 * NaN.
 */
// given
const LOWEST = -3.4028234663852886e38;

/**
 * The gradients of flashForward. With scores = q·kᵀ·scale and weights = exp(scores − logSumExp):
 *   dv = weightsᵀ·dOutput
 *   dScores = weights ∘ (dOutput·vᵀ − rowsum(dOutput ∘ output) + dLogSumExp)
 *   dq = dScores·k·scale,   dk = dScoresᵀ·q·scale
 * @param q [B, H, T, D]
 * @param k [B, H, S, D]
 * @param v [B, H, S, D]
 * @param result what flashForward gave for q, k, v
 * @param dy the gradients with respect to it, of the same shapes
 * @param options causal, blockQ, blockK, scale, as they were given to flashForward
 * @returns dq [B, H, T, D], dk [B, H, S, D], dv [B, H, S, D]
 * @throws when shapes do not fit, a block is not a whole number of at least 1, or the scale is not
 *   a finite number
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
  for (const [name, of] of Object.entries({ result, dy })) {
    expectShape("flashBackward", `${name}.output`, of.output, [B, H, T, D]);
    expectShape("flashBackward", `${name}.logSumExp`, of.logSumExp, [B, H, T]);
  }
  if (T === 0 || S === 0) return { dq: tf.zerosLike(q), dk: tf.zerosLike(k), dv: tf.zerosLike(v) };
  // yours
  return tf.tidy(() => {
    const queries = queryTiles(q.mul(scale), result, dy, grid.queries);
    const dqT = grid.queries.map(({ size }): tf.Tensor => tf.zeros([B, H, D, size]));
    const columns = keyTiles(k, v, grid.keys).map((key) => {
      let dk: tf.Tensor = tf.zerosLike(key.k);
      let dv: tf.Tensor = tf.zerosLike(key.v);
      queries.forEach((query, i) => {
        if (!meet(query.tile, key.tile, grid)) return;
        const sums = { dqT: dqT[i]!, dk, dv };
        const next = tf.tidy(() => {
          const hidden = wall(query.tile, key.tile, grid)?.transpose();
          return addPair(sums, query, key, hidden);
        });
        tf.dispose(sums);
        dqT[i] = next.dqT;
        dk = next.dk;
        dv = next.dv;
      });
      return { dk, dv };
    });
    const join = (tiles: tf.Tensor[]) => tf.concat(tiles, 2);
    return {
      dq: flip(tf.concat(dqT, 3)).mul(scale),
      dk: join(columns.map((column) => column.dk)),
      dv: join(columns.map((column) => column.dv)),
    };
  });
}

/**
 * A tile of queries and what belongs to it. A T marks [features, queries], in which scores are made
 * as [keys, queries], so that no product needs a transposed matrix; shift and norm are
 * [B, H, 1, blockQ].
 */
type QueryTile = Record<"q" | "qT" | "dOutput" | "dOutputT" | "shift" | "norm", tf.Tensor> & {
  tile: Tile;
};
type KeyTile = Record<"k" | "kT" | "v", tf.Tensor> & { tile: Tile };
type Sums = Record<"dqT" | "dk" | "dv", tf.Tensor>;

function queryTiles(
  q: tf.Tensor,
  result: FlashResult,
  dy: FlashResult,
  tiles: Tile[],
): QueryTile[] {
  const column = (x: tf.Tensor) => x.expandDims(3); // [B, H, T] → [B, H, T, 1]
  const shift = dy.output.mul(result.output).sum(-1, true).sub(column(dy.logSumExp));
  const shifts = pieces(shift, tiles).map(flip);
  const norms = pieces(column(result.logSumExp).maximum(LOWEST), tiles).map(flip);
  const queries = pieces(q, tiles);
  const dOutputs = pieces(dy.output, tiles);
  return tiles.map((tile, i) => ({
    tile,
    q: queries[i]!,
    qT: flip(queries[i]!),
    dOutput: dOutputs[i]!,
    dOutputT: flip(dOutputs[i]!),
    shift: shifts[i]!,
    norm: norms[i]!,
  }));
}

function keyTiles(k: tf.Tensor, v: tf.Tensor, tiles: Tile[]): KeyTile[] {
  const keys = pieces(k, tiles);
  const values = pieces(v, tiles);
  return tiles.map((tile, j) => ({ tile, k: keys[j]!, kT: flip(keys[j]!), v: values[j]! }));
}

/** The sums of the gradients after one more pair of tiles. */
function addPair(sums: Sums, query: QueryTile, key: KeyTile, hidden: tf.Tensor | undefined): Sums {
  const scores = hide(key.k.matMul(query.qT), hidden); // [B, H, blockK, blockQ]
  const weights = scores.sub(query.norm).exp();
  const dWeights = key.v.matMul(query.dOutputT);
  const dScores = weights.mul(dWeights.sub(query.shift));
  return {
    dqT: sums.dqT.add(key.kT.matMul(dScores)),
    dk: sums.dk.add(dScores.matMul(query.q)),
    dv: sums.dv.add(weights.matMul(query.dOutput)),
  };
}
