/**
 * Linear attention (Katharopoulos et al. 2020, arXiv:2006.16236, eq. 5 and 9): a feature map in
 * place of softmax.
 */
import * as tf from "@tensorflow/tfjs-core";
import { shapeText } from "../shared/shapes";
import { causalMask } from "../attention/causalMask";
import { expectHeads } from "../shared/attentionChecks";
import { eluPlusOne } from "./eluPlusOne";
import { scaledDotProductAttention } from "../attention/scaledDotProductAttention";
import { cut, flip, pieces } from "./tiles";

/** How many tokens the causal form takes at once. */
// given
const CHUNK = 64;

/**
 * output_i = φ(q_i)·Σ_j φ(k_j)ᵀ·v_j / (φ(q_i)·Σ_j φ(k_j) + eps) with φ = elu + 1.
 *
 * The sums are made once for all queries or, when causal (j ≤ i), carried from chunk to chunk. This
 * takes O(T·D²) time and memory that grows with T, and never makes a [T, S] matrix.
 * @param q [B, H, T, D]
 * @param k [B, H, S, D]
 * @param v [B, H, S, D]
 * @param options.causal no query sees a later key, where the queries are the last T of the S
 *   tokens; false unless given
 * @param options.eps added to the denominator, 1e-6 unless given
 * @returns [B, H, T, D]
 * @throws when shapes do not fit, eps is below 0, or there are more queries than keys when causal
 */
export function linearAttention(
  q: tf.Tensor,
  k: tf.Tensor,
  v: tf.Tensor,
  options: { causal?: boolean; eps?: number } = {},
): tf.Tensor {
  const { causal = false, eps = 1e-6 } = options;
  const { B, H, T, S, D } = expectHeads("linearAttention", q, k, v, {});
  if (!(eps >= 0 && Number.isFinite(eps))) {
    throw new Error(`linearAttention: expected eps to be a number of at least 0, got ${eps}`);
  }
  if (causal && T > S) {
    throw new Error(
      `linearAttention: expected q with at most the ${S} tokens of k when causal, ` +
        `got ${shapeText(q.shape)}`,
    );
  }
  // no tokens or nothing to attend to
  if (T === 0 || S === 0) return tf.tidy(() => scaledDotProductAttention(q, k, v).output);
  // yours
  return tf.tidy(() => {
    const queries = eluPlusOne(q);
    const keys = eluPlusOne(k);
    // a one after each value sums the weights as well
    const values = tf.concat([v, tf.ones([B, H, S, 1])], 3); // [B, H, S, D + 1]
    const sums = causal
      ? prefixSums(queries, keys, values, S - T)
      : queries.matMul(flip(keys).matMul(values)); // [B, H, T, D + 1]
    const numerator = sums.slice([0, 0, 0, 0], [B, H, T, D]);
    const denominator = sums.slice([0, 0, 0, D], [B, H, T, 1]);
    return numerator.div(denominator.add(eps));
  });
}

/**
 * φ(q_i)·Σ_{j ≤ i} φ(k_j)ᵀ·v_j. Everything before a chunk is in one matrix, the state, and inside
 * a chunk the mask is small.
 * @param before how many keys come before the first query
 */
function prefixSums(
  queries: tf.Tensor,
  keys: tf.Tensor,
  values: tf.Tensor,
  before: number,
): tf.Tensor {
  const [B, H, T, D] = queries.shape as [number, number, number, number];
  const stretch = (x: tf.Tensor, start: number, size: number) =>
    x.slice([0, 0, start, 0], [B, H, size, -1]);
  const chunks = cut(T, CHUNK);
  const q = pieces(queries, chunks);
  const k = pieces(stretch(keys, before, T), chunks).map(flip);
  const v = pieces(stretch(values, before, T), chunks);
  let state: tf.Tensor = tf.zeros([B, H, D, D + 1]);
  if (before > 0) state = flip(stretch(keys, 0, before)).matMul(stretch(values, 0, before));
  const whole = causalMask(Math.min(CHUNK, T));
  const outputs = chunks.map(({ size }, i) => {
    const mask = size === CHUNK ? whole : causalMask(size);
    const inside = q[i]!.matMul(k[i]!).mul(mask); // [B, H, chunk, chunk]
    const output = q[i]!.matMul(state).add(inside.matMul(v[i]!));
    state = state.add(k[i]!.matMul(v[i]!));
    return output;
  });
  return tf.concat(outputs, 2);
}
