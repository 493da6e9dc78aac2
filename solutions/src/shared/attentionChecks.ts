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
  expectScores(fn, options, [B, H, T, S]);
  const { scale = 1 / Math.sqrt(D) } = options;
  return { B, H, T, S, D, scale };
}

/**
 * What changes the scores of queries and keys.
 * @param shape [B, H, T, S]
 * @throws when mask or bias do not broadcast to the scores, or scale is no finite number
 */
export function expectScores(
  fn: string,
  { mask, bias, scale = 1 }: { mask?: tf.Tensor; bias?: tf.Tensor; scale?: number },
  shape: readonly number[],
): void {
  if (mask) expectBroadcast(fn, "mask", mask, shape);
  if (bias) {
    expectBroadcast(fn, "bias", bias, shape);
    expectDtype(fn, "bias", bias, "float32");
  }
  if (!Number.isFinite(scale)) {
    throw new Error(`${fn}: expected scale to be a finite number, got ${scale}`);
  }
}

/**
 * The weights of one attention layer.
 * @param at where they stand among the arguments, "" or "blocks[1].attention."
 * @param widths of x, from which queries are made, and of the context, from which keys and values
 * @returns H heads, G key/value heads, the head width D
 * @throws when heads do not divide the width, kvHeads do not divide heads, a weight or bias has
 *   another shape, or rope cannot turn heads of this width
 */
export function expectAttention(
  fn: string,
  at: string,
  params: AttentionParams,
  [C, Ccontext]: [number, number],
  options: Pick<AttentionOptions, "heads" | "kvHeads" | "rope">,
): { heads: number; kvHeads: number; D: number } {
  const { heads, kvHeads = heads, rope } = options;
  expectCount(fn, "heads", heads);
  expectCount(fn, "kvHeads", kvHeads);
  if (heads % kvHeads !== 0) {
    throw new Error(`${fn}: expected kvHeads to divide heads ${heads}, got ${kvHeads}`);
  }
  const { wq, wk, wv, wo, bq, bk, bv, bo } = params;
  expectRank(fn, `${at}wq`, wq, 2);
  const width = wq.shape[1]!;
  const D = width / heads;
  if (width === 0 || !Number.isInteger(D)) {
    throw new Error(`${fn}: expected heads to divide the width ${width} of ${at}wq, got ${heads}`);
  }
  expectFloats(fn, `${at}wq`, wq, [C, width]);
  expectFloats(fn, `${at}wk`, wk, [Ccontext, kvHeads * D]);
  expectFloats(fn, `${at}wv`, wv, [Ccontext, kvHeads * D]);
  expectFloats(fn, `${at}wo`, wo, [width, C]);
  if (bq) expectFloats(fn, `${at}bq`, bq, [width]);
  if (bk) expectFloats(fn, `${at}bk`, bk, [kvHeads * D]);
  if (bv) expectFloats(fn, `${at}bv`, bv, [kvHeads * D]);
  if (bo) expectFloats(fn, `${at}bo`, bo, [C]);
  if (rope) expectRope(fn, rope, D, "rope.");
  return { heads, kvHeads, D };
}

/** @throws unless D is even, base over 0 and the layout one of the two */
export function expectRope(
  fn: string,
  rope: NonNullable<AttentionOptions["rope"]>,
  D: number,
  at: string,
): void {
  const { base = 10_000, layout = "interleaved" } = rope;
  if (D % 2 !== 0) throw new Error(`${fn}: expected an even head width, got ${D}`);
  if (!(base > 0 && Number.isFinite(base))) {
    throw new Error(`${fn}: expected ${at}base to be a positive number, got ${base}`);
  }
  if (layout !== "interleaved" && layout !== "halves") {
    throw new Error(`${fn}: expected ${at}layout "interleaved" or "halves", got ${String(layout)}`);
  }
}

/**
 * One attention layer: do its weights fit its inputs and its number of heads?
 * @param x [B, T, C], what queries are made from
 * @param context [B, S, Ccontext], what keys and values are made from; x itself in self-attention
 * @param past how many tokens of a cache come before the context
 * @returns H heads, G key/value heads, the head width D
 * @throws when heads do not divide the width, kvHeads do not divide heads, or a weight, a bias, the
 *   mask or rope does not fit
 */
export function expectLayer(
  fn: string,
  x: tf.Tensor,
  context: tf.Tensor,
  params: AttentionParams,
  options: AttentionOptions,
  past = 0,
): { heads: number; kvHeads: number; D: number } {
  expectFloats(fn, "x", x, ["B", "T", "C"]);
  const [B, T, C] = x.shape as [number, number, number];
  expectFloats(fn, "context", context, [B, "S", "Ccontext"]);
  const [, S, Ccontext] = context.shape as [number, number, number];
  const layer = expectAttention(fn, "", params, [C, Ccontext], options);
  expectScores(fn, options, [B, layer.heads, T, past + S]);
  return layer;
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
  name = "cache",
): number {
  if (!k && !v) return 0;
  if (!k || !v) {
    const missing = `${name}.${k ? "v" : "k"}`;
    throw new Error(
      `${fn}: expected ${name}.k and ${name}.v to be both tensors or both null, got ${missing} null`,
    );
  }
  expectFloats(fn, `${name}.k`, k, [B, G, "S", D]);
  expectFloats(fn, `${name}.v`, v, [B, G, k.shape[2]!, D]);
  return k.shape[2]!;
}
