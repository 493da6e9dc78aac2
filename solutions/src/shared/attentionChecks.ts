/** Checks that all attention functions share; each names the function, the argument, its shape. */
import * as tf from "@tensorflow/tfjs-core";
import { expectCount, expectDtype, expectFloats, expectRank, shapeText } from "./shapes";
import type { AttentionOptions, AttentionParams, KvCache } from "../attention/types";

/** @throws unless x broadcasts to exactly `shape`: from the right, each axis is 1 or equal */
export function expectBroadcast(
  fn: string,
  name: string,
  x: tf.Tensor,
  shape: readonly number[],
): void {
  const offset = shape.length - x.shape.length;
  const fits = offset >= 0 && x.shape.every((n, axis) => n === 1 || n === shape[axis + offset]);
  if (!fits) {
    throw new Error(
      `${fn}: expected ${name} to broadcast to ${shapeText(shape)}, got ${shapeText(x.shape)}`,
    );
  }
}

/** Optional arguments of attention over heads: mask and bias broadcast to [B, H, T, S]. */
interface HeadOptions {
  mask?: tf.Tensor;
  bias?: tf.Tensor;
  scale?: number;
}

/**
 * Queries, keys and values that are already split into heads.
 * @param q [B, H, T, D]
 * @param k [B, H, S, D]
 * @param v [B, H, S, D]
 * @returns the dimensions by their letters, and the scale, default 1/√D
 * @throws when shapes or dtypes don't fit, or mask or bias don't broadcast to [B, H, T, S]
 */
export function expectHeads(
  fn: string,
  q: tf.Tensor,
  k: tf.Tensor,
  v: tf.Tensor,
  options: HeadOptions,
) {
  expectFloats(fn, "q", q, ["B", "H", "T", "D"]);
  const [B, H, T, D] = q.shape as [number, number, number, number];
  if (D === 0) {
    throw new Error(`${fn}: expected q with a head width of at least 1, got ${shapeText(q.shape)}`);
  }
  expectFloats(fn, "k", k, [B, H, "S", D]);
  const S = k.shape[2]!;
  expectFloats(fn, "v", v, [B, H, S, D]);
  const { mask, bias, scale = 1 / Math.sqrt(D) } = options;
  if (mask) expectBroadcast(fn, "mask", mask, [B, H, T, S]);
  if (bias) {
    expectBroadcast(fn, "bias", bias, [B, H, T, S]);
    expectDtype(fn, "bias", bias, "float32");
  }
  if (!Number.isFinite(scale)) {
    throw new Error(`${fn}: expected scale to be a finite number, got ${scale}`);
  }
  return { B, H, T, S, D, scale };
}

/**
 * One attention layer: do its weights fit its inputs and its number of heads?
 * @param x [B, T, C], what queries are made from
 * @param context [B, S, Ccontext], what keys and values are made from; x itself in self-attention
 * @returns H heads, G key/value heads, the head width D
 * @throws when heads doesn't divide the width, kvHeads doesn't divide heads, or a weight or bias
 *   has a different shape
 */
export function expectLayer(
  fn: string,
  x: tf.Tensor,
  context: tf.Tensor,
  params: AttentionParams,
  options: AttentionOptions,
): { heads: number; kvHeads: number; D: number } {
  expectFloats(fn, "x", x, ["B", "T", "C"]);
  const [B, , C] = x.shape as [number, number, number];
  expectFloats(fn, "context", context, [B, "S", "Ccontext"]);
  const { heads, kvHeads = heads } = options;
  expectCount(fn, "heads", heads);
  expectCount(fn, "kvHeads", kvHeads);
  if (heads % kvHeads !== 0) {
    throw new Error(`${fn}: expected kvHeads to divide heads ${heads}, got ${kvHeads}`);
  }
  const { wq, wk, wv, wo, bq, bk, bv, bo } = params;
  expectRank(fn, "wq", wq, 2);
  const width = wq.shape[1]!;
  const D = width / heads;
  if (width === 0 || !Number.isInteger(D)) {
    throw new Error(`${fn}: expected heads to divide the width ${width} of wq, got ${heads}`);
  }
  expectFloats(fn, "wq", wq, [C, width]);
  expectFloats(fn, "wk", wk, [context.shape[2]!, kvHeads * D]);
  expectFloats(fn, "wv", wv, [context.shape[2]!, kvHeads * D]);
  expectFloats(fn, "wo", wo, [width, C]);
  if (bq) expectFloats(fn, "bq", bq, [width]);
  if (bk) expectFloats(fn, "bk", bk, [kvHeads * D]);
  if (bv) expectFloats(fn, "bv", bv, [kvHeads * D]);
  if (bo) expectFloats(fn, "bo", bo, [C]);
  return { heads, kvHeads, D };
}

/**
 * @param shape B, G and D that the cache must have
 * @returns how many tokens the cache holds, 0 at the start
 * @throws when only one of k and v is null, or their shapes don't fit
 */
export function expectCache(
  fn: string,
  { k, v }: KvCache,
  [B, G, D]: [number, number, number],
): number {
  if (!k && !v) return 0;
  if (!k || !v) {
    const missing = k ? "cache.v" : "cache.k";
    throw new Error(
      `${fn}: expected cache.k and cache.v to be both tensors or both null, got ${missing} null`,
    );
  }
  expectFloats(fn, "cache.k", k, [B, G, "S", D]);
  expectFloats(fn, "cache.v", v, [B, G, k.shape[2]!, D]);
  return k.shape[2]!;
}
