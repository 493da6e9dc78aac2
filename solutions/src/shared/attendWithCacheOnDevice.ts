/**
 * attendWithCache as one kernel, or with one kernel between its products, if the device has it, no
 * gradient is recorded and nothing but the order of the tokens masks; the plain function everywhere
 * else. Models use this version; a test compares it with the plain one.
 */
import * as tf from "@tensorflow/tfjs-core";
import { attendWithCache as plain } from "../attention/attendWithCache";
import type { AttentionOptions, AttentionParams, KvCache } from "../attention/types";
import { expectCache, expectLayer } from "./attentionChecks";
import { inferenceKernel } from "./deviceKernel";
import { linear } from "./linearWithGradient";

/** From so many new tokens on, products of matrices are faster than one query after the other. */
export const MANY = 128;

/** What a kernel gets of a layer: its weights, those biases that there are, and the cache. */
export function weightsGiven(params: AttentionParams, { k, v }: KvCache) {
  const { wq, wk, wv, wo, bq, bk, bv, bo } = params;
  const given: Record<string, tf.Tensor> = { wq, wk, wv, wo };
  if (bq) given.bq = bq;
  if (bk) given.bk = bk;
  if (bv) given.bv = bv;
  if (bo) given.bo = bo;
  if (k && v) {
    given.cacheK = k;
    given.cacheV = v;
  }
  return given;
}

/**
 * Causal self-attention of T new tokens over P cached tokens and themselves.
 * @param x [B, T, C], the new tokens
 * @param cache k and v [B, G, P, D], or both null at the start; neither changed nor disposed of
 * @param params as in multiHeadAttention
 * @param options as in attendWithCache
 * @returns output [B, T, C] and the longer cache, k and v [B, G, P + T, D]
 * @throws when the shape of a weight, the mask or the cache does not fit
 */
export function attendWithCache(
  x: tf.Tensor,
  cache: KvCache,
  params: AttentionParams,
  options: AttentionOptions,
): { output: tf.Tensor; cache: KvCache } {
  const few = x.size > 0 && x.shape[1]! < MANY && !options.mask && !options.bias;
  const layer = few ? inferenceKernel("AttentionLayer") : undefined;
  const kernel = few ? (layer ?? inferenceKernel("AttendWithCache")) : undefined;
  if (!kernel) return plain(x, cache, params, options);
  const past = cache.k?.shape[2] ?? 0; // P
  const { heads, kvHeads, D } = expectLayer("attendWithCache", x, x, params, options, past);
  expectCache("attendWithCache", cache, [x.shape[0]!, kvHeads, D]);
  const { rope, scale = 1 / Math.sqrt(D) } = options;
  const base = rope ? (rope.base ?? 10_000) : 0;
  const attrs = { heads, kvHeads, scale, base, halves: rope?.layout === "halves" };
  if (layer) {
    const [output, keys, values] = layer({ x, ...weightsGiven(params, cache) }, attrs);
    return { output, cache: { k: keys!, v: values! } };
  }
  return tf.tidy(() => {
    const q = linear(x, params.wq, params.bq); // [B, T, H·D]
    const k = linear(x, params.wk, params.bk); // [B, T, G·D]
    const v = linear(x, params.wv, params.bv);
    const old: Record<string, tf.Tensor> =
      cache.k && cache.v ? { cacheK: cache.k, cacheV: cache.v } : {};
    const [heard, keys, values] = kernel({ q, k, v, ...old }, attrs);
    const output = linear(heard, params.wo, params.bo);
    return { output, cache: { k: keys!, v: values! } };
  });
}
