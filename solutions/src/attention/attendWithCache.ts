/**
 * Incremental decoding with a key/value cache (Shazeer 2019, arXiv:1911.02150, §2.4; Pope et al.
 * 2022, arXiv:2211.05102): under a causal mask the keys and values of earlier tokens never change,
 * so they are kept. The cache grows by copying; a ring buffer or pages, which would save the copy,
 * are left out.
 */
import * as tf from "@tensorflow/tfjs-core";
import { linear } from "../shared/linearWithGradient";
import { applyRope } from "../positions/applyRope";
import { causalMask } from "./causalMask";
import { expectCache, expectLayer } from "../shared/attentionChecks";
import { mergeHeads } from "./mergeHeads";
import { repeatGroups } from "./repeatGroups";
import { scaledDotProductAttention } from "./scaledDotProductAttention";
import { splitHeads } from "./splitHeads";
import type { AttentionOptions, AttentionParams, KvCache } from "./types";

/**
 * Causal self-attention of T new tokens over P cached tokens and themselves. Piece by piece it
 * gives what multiHeadAttention gives for the whole sequence under causalMask.
 * @param x [B, T, C], the new tokens
 * @param cache k and v [B, G, P, D], or both null at the start; it is neither changed nor disposed
 * @param params as in multiHeadAttention
 * @param options as in multiHeadAttention, but mask and bias broadcast to [B, H, T, P + T], the
 *   mask is combined with the causal one, and rope's positions are P … P + T − 1
 * @returns output [B, T, C] and the longer cache, k and v [B, G, P + T, D]
 * @throws when the shape of a weight, the mask or the cache does not fit
 */
export function attendWithCache(
  x: tf.Tensor,
  cache: KvCache,
  params: AttentionParams,
  options: AttentionOptions,
): { output: tf.Tensor; cache: KvCache } {
  const past = cache.k?.shape[2] ?? 0; // P
  const { heads, kvHeads, D } = expectLayer("attendWithCache", x, x, params, options, past);
  const [B, T] = x.shape as [number, number];
  expectCache("attendWithCache", cache, [B, kvHeads, D]);
  // yours
  return tf.tidy(() => {
    let q = splitHeads(linear(x, params.wq, params.bq), heads); // [B, H, T, D]
    let k = splitHeads(linear(x, params.wk, params.bk), kvHeads); // [B, G, T, D]
    let v = splitHeads(linear(x, params.wv, params.bv), kvHeads);
    if (options.rope) {
      const positions = tf.range(past, past + T);
      q = applyRope(q, positions, options.rope);
      k = applyRope(k, positions, options.rope);
    }
    if (cache.k && cache.v) {
      k = tf.concat([cache.k, k], 2); // [B, G, P + T, D]
      v = tf.concat([cache.v, v], 2);
    }
    const causal = causalMask(T, past + T).notEqual(0);
    const mask = options.mask ? causal.logicalAnd(options.mask.notEqual(0)) : causal;
    const keys = repeatGroups(k, heads); // [B, H, P + T, D]
    const values = repeatGroups(v, heads);
    const { output } = scaledDotProductAttention(q, keys, values, { ...options, mask });
    return { output: linear(mergeHeads(output), params.wo, params.bo), cache: { k, v } };
  });
}
