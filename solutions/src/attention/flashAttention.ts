/**
 * FlashAttention-2 (Dao 2023, arXiv:2307.08691, algorithms 1 and 2) as tensor code: scores exist for one tile of queries and keys at
 * a time, and the backward pass makes them again. Dropout is left out.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectCount, expectHeads } from "./checks";
import { barrier, cut, flip, pieces, places, type Tile } from "./tiles";

/** The most negative float32: subtracting it from −∞ gives −∞, while (−∞) − (−∞) would be NaN. */
// given
const LOWEST = -3.4028234663852886e38;

// given
/** How the scores are cut; when causal, query i stands at place i + offset among the keys and sees those up to itself. */
interface Grid { queries: Tile[]; keys: Tile[]; causal: boolean; offset: number }

/**
 * output = softmax(q·kᵀ·scale)·v and logSumExp = log Σ exp(q·kᵀ·scale), differentiable both. A query that sees no key (no keys at
 * all, or more queries than keys when causal) gets zeros and −∞. Gradients of gradients are not supported.
 * @param q [B, H, T, D]
 * @param k [B, H, S, D]
 * @param v [B, H, S, D]
 * @param options.causal no query sees a later key, the queries being the last T of S tokens; false unless given
 * @param options.blockQ queries in a tile, 512 unless given; it need not divide T
 * @param options.blockK keys in a tile, 512 unless given; it need not divide S
 * @param options.scale 1/√D unless given
 * @returns output [B, H, T, D], logSumExp [B, H, T]
 * @throws when shapes do not fit, a block is no whole number of at least 1, or the scale is no number
 */
export function flashAttention(
  q: tf.Tensor, k: tf.Tensor, v: tf.Tensor, options: { causal?: boolean; blockQ?: number; blockK?: number; scale?: number } = {},
): { output: tf.Tensor; logSumExp: tf.Tensor } {
  const { causal = false, blockQ = 512, blockK = 512 } = options;
  const { B, H, T, S, D, scale } = expectHeads("flashAttention", q, k, v, { scale: options.scale });
  expectCount("flashAttention", "blockQ", blockQ);
  expectCount("flashAttention", "blockK", blockK);
  const grid: Grid = { queries: cut(T, blockQ), keys: cut(S, blockK), causal, offset: S - T };
  // yours
  // customGrad knows one result, so that logSumExp travels as one more feature of the output
  const attend = tf.customGrad((...inputs) => {
    const [q, k, v, save] = inputs as unknown as [tf.Tensor, tf.Tensor, tf.Tensor, tf.GradSaveFunc];
    const value = forward(q, k, v, grid);
    save([q, k, v, value]);
    return { value, gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => backward(dy, saved as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor], grid) };
  });
  return tf.tidy(() => {
    const both = attend(q.mul(scale), k, v); // [B, H, T, D + 1]
    return { output: both.slice([0, 0, 0, 0], [B, H, T, D]), logSumExp: both.slice([0, 0, 0, D], [B, H, T, 1]).squeeze([3]) };
  });
}

/** Algorithm 1: a tile of queries meets the keys tile by tile, with the running maximum and sum of online softmax. */
function forward(q: tf.Tensor, k: tf.Tensor, v: tf.Tensor, grid: Grid): tf.Tensor {
  const [B, H, T, D] = q.shape as [number, number, number, number];
  if (T === 0) return tf.zeros([B, H, 0, D + 1]);
  if (tf.getKernel("FlashAttention", tf.getBackend())) return tf.engine().runKernel("FlashAttention", { q, k, v }, { causal: grid.causal }); // the GPU's own, with its own tiles
  const queries = pieces(q, grid.queries), keys = pieces(k, grid.keys).map(flip), values = pieces(v, grid.keys);
  const rows = grid.queries.map((query, i) => tf.tidy(() => {
    let state = { top: tf.fill([B, H, query.size, 1], LOWEST) as tf.Tensor, sum: tf.zeros([B, H, query.size, 1]) as tf.Tensor, output: tf.zeros([B, H, query.size, D]) as tf.Tensor };
    grid.keys.forEach((key, j) => {
      if (!meet(query, key, grid)) return;
      const next = tf.tidy(() => {
        const scores = hide(queries[i]!.matMul(keys[j]!), wall(query, key, grid)); // [B, H, blockQ, blockK]
        const top = state.top.maximum(scores.max(-1, true)); // [B, H, blockQ, 1]
        const kept = state.top.sub(top).exp(); // what the sums so far are worth under the new maximum
        const weights = scores.sub(top).exp();
        return { top, sum: state.sum.mul(kept).add(weights.sum(-1, true)), output: state.output.mul(kept).add(weights.matMul(values[j]!)) };
      });
      tf.dispose(state);
      state = next;
    });
    const { top, sum, output } = state;
    return tf.concat([output.div(sum.maximum(1)), top.add(sum.log())], 3); // the sum is 0 or at least 1
  }));
  return tf.concat(rows, 2);
}

/**
 * Algorithm 2: weights come back as exp(scores − logSumExp); dScores = weights ∘ (dOutput·vᵀ − rowsum(dOutput ∘ output) + dLogSumExp).
 * Scores are made as [keys, queries], so that no product needs a transposed matrix.
 */
function backward(dy: tf.Tensor, [q, k, v, value]: [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor], grid: Grid): tf.Tensor[] {
  const [B, H, T, D] = q.shape as [number, number, number, number];
  if (T === 0 || k.shape[2] === 0) return [q, k, v].map((x) => tf.zerosLike(x));
  const parts = (x: tf.Tensor) => [x.slice([0, 0, 0, 0], [B, H, T, D]), x.slice([0, 0, 0, D], [B, H, T, 1])] as const;
  const [output, logSumExp] = parts(value), [dOutput, dLogSumExp] = parts(dy);
  const shift = dOutput.mul(output).sum(-1, true).sub(dLogSumExp); // [B, H, T, 1]
  const ofQueries = (x: tf.Tensor) => pieces(x, grid.queries), ofKeys = (x: tf.Tensor) => pieces(x, grid.keys);
  const queries = ofQueries(q), dOutputs = ofQueries(dOutput), shifts = ofQueries(shift).map(flip), norms = ofQueries(logSumExp.maximum(LOWEST)).map(flip);
  const keys = ofKeys(k), values = ofKeys(v), queriesT = queries.map(flip), dOutputsT = dOutputs.map(flip), keysT = keys.map(flip);
  const dqT = grid.queries.map(({ size }) => tf.zeros([B, H, D, size]) as tf.Tensor);
  const columns = grid.keys.map((key, j) => {
    let dk: tf.Tensor = tf.zeros([B, H, key.size, D]), dv: tf.Tensor = tf.zeros([B, H, key.size, D]);
    grid.queries.forEach((query, i) => {
      if (!meet(query, key, grid)) return;
      const next = tf.tidy(() => {
        const scores = hide(keys[j]!.matMul(queriesT[i]!), wall(query, key, grid)?.transpose()); // [B, H, blockK, blockQ]
        const weights = scores.sub(norms[i]!).exp();
        const dWeights = values[j]!.matMul(dOutputsT[i]!);
        const dScores = weights.mul(dWeights.sub(shifts[i]!));
        return { dq: dqT[i]!.add(keysT[j]!.matMul(dScores)), dk: dk.add(dScores.matMul(queries[i]!)), dv: dv.add(weights.matMul(dOutputs[i]!)) };
      });
      tf.dispose([dqT[i]!, dk, dv]);
      [dqT[i], dk, dv] = [next.dq, next.dk, next.dv];
    });
    return { dk, dv };
  });
  return [flip(tf.concat(dqT, 3)), tf.concat(columns.map((c) => c.dk), 2), tf.concat(columns.map((c) => c.dv), 2)];
}

// given
/** Whether any of the queries sees any of the keys. */
const meet = (query: Tile, key: Tile, { causal, offset }: Grid): boolean => !causal || key.start < query.start + query.size + offset;

// given
/** 0 where a query sees a key and −∞ elsewhere, [blockQ, blockK]; undefined where all see all. */
function wall(query: Tile, key: Tile, { causal, offset }: Grid): tf.Tensor | undefined {
  if (!causal || key.start + key.size <= query.start + offset + 1) return undefined;
  return barrier(places(query, offset).expandDims(1).greaterEqual(places(key)));
}

// given
const hide = (scores: tf.Tensor, wall: tf.Tensor | undefined): tf.Tensor => (wall ? scores.add(wall) : scores);
