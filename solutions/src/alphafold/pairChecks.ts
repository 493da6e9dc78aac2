/** Checks that layers on pairs and alignments share; each names function, argument and shape. */
import * as tf from "@tensorflow/tfjs-core";
import type { NormParams } from "../encoders/types";
import { expectCount, expectFloats, expectRank } from "../shared/shapes";
import type { GatedAttentionParams, PointAttentionParams } from "./pairTypes";

/** @throws unless w is float32 of this shape, and b, if given, as wide as w's last axis */
export function expectWeight(
  fn: string,
  name: string,
  w: tf.Tensor,
  shape: readonly (number | string)[],
  b?: tf.Tensor,
): void {
  expectFloats(fn, name, w, shape);
  if (b) expectFloats(fn, `the bias of ${name}`, b, [w.shape[w.shape.length - 1]!]);
}

/** @throws unless gamma and beta have `width` entries */
export function expectNorm(
  fn: string,
  name: string,
  { gamma, beta }: NormParams,
  width: number,
): void {
  expectFloats(fn, `${name}.gamma`, gamma, [width]);
  expectFloats(fn, `${name}.beta`, beta, [width]);
}

/** @returns B, N and C of float32 z [B, N, N, C] */
export function expectPair(fn: string, z: tf.Tensor): { B: number; N: number; C: number } {
  expectRank(fn, "z", z, 4);
  const [B, N, , C] = z.shape as [number, number, number, number];
  expectFloats(fn, "z", z, [B, N, N, C]);
  return { B, N, C };
}

/** @returns B, R, N and C of float32 msa [B, R, N, C] */
export function expectAlignment(
  fn: string,
  msa: tf.Tensor,
): { B: number; R: number; N: number; C: number } {
  expectFloats(fn, "msa", msa, ["B", "R", "N", "C"]);
  const [B, R, N, C] = msa.shape as [number, number, number, number];
  return { B, R, N, C };
}

/**
 * @param C width of the features
 * @throws when a weight doesn't fit, or heads doesn't divide the width of wq
 */
export function expectGatedAttention(
  fn: string,
  C: number,
  params: GatedAttentionParams,
  heads: number,
): void {
  expectCount(fn, "heads", heads);
  const { norm, wq, wk, wv, wGate, bGate, wo, bo } = params;
  expectNorm(fn, "norm", norm, C);
  expectRank(fn, "wq", wq, 2);
  const width = wq.shape[1]!;
  if (width === 0 || width % heads !== 0) {
    throw new Error(`${fn}: expected heads to divide the width ${width} of wq, got ${heads}`);
  }
  for (const [name, w] of Object.entries({ wq, wk, wv })) expectWeight(fn, name, w, [C, width]);
  expectWeight(fn, "wGate", wGate, [C, width], bGate);
  expectWeight(fn, "wo", wo, [width, C], bo);
}

/**
 * @returns wBias itself
 * @throws when it is missing or isn't float32 [C, heads]
 */
export function expectBias(
  fn: string,
  wBias: tf.Tensor | undefined,
  C: number,
  heads: number,
): tf.Tensor {
  if (!wBias) throw new Error(`${fn}: expected wBias [${C}, ${heads}], got none`);
  expectFloats(fn, "wBias", wBias, [C, heads]);
  return wBias;
}

/**
 * @param s [B, N, C]
 * @param z [B, N, N, Cz]
 * @returns the head width D
 * @throws when a weight doesn't fit s, z and the counts
 */
export function expectPointAttention(
  fn: string,
  s: tf.Tensor,
  z: tf.Tensor,
  params: PointAttentionParams,
  options: { heads: number; queryPoints: number; valuePoints: number },
): number {
  const { heads: H, queryPoints, valuePoints } = options;
  expectCount(fn, "heads", H);
  expectCount(fn, "queryPoints", queryPoints);
  expectCount(fn, "valuePoints", valuePoints);
  expectFloats(fn, "s", s, ["B", "N", "C"]);
  const [B, N, C] = s.shape as [number, number, number];
  expectFloats(fn, "z", z, [B, N, N, "Cz"]);
  const Cz = z.shape[3]!;
  expectRank(fn, "wq", params.wq, 2);
  const width = params.wq.shape[1]!;
  const D = width / H;
  if (width === 0 || !Number.isInteger(D)) {
    throw new Error(`${fn}: expected heads to divide the width ${width} of wq, got ${H}`);
  }
  expectWeight(fn, "wq", params.wq, [C, width], params.bq);
  expectWeight(fn, "wk", params.wk, [C, width], params.bk);
  expectWeight(fn, "wv", params.wv, [C, width], params.bv);
  expectWeight(fn, "wqPoints", params.wqPoints, [C, H * queryPoints * 3], params.bqPoints);
  expectWeight(fn, "wkPoints", params.wkPoints, [C, H * queryPoints * 3], params.bkPoints);
  expectWeight(fn, "wvPoints", params.wvPoints, [C, H * valuePoints * 3], params.bvPoints);
  expectFloats(fn, "wBias", params.wBias, [Cz, H]);
  expectFloats(fn, "headScale", params.headScale, [H]);
  expectWeight(fn, "wo", params.wo, [H * (D + 4 * valuePoints + Cz), C], params.bo);
  return D;
}
