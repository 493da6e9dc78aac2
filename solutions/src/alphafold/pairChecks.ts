/** Checks that layers on pairs and alignments share; each names function, argument and shape. */
import * as tf from "@tensorflow/tfjs-core";
import type { NormParams } from "../encoders/types";
import { expectFeedForward, expectNorm, expectSwiGlu } from "../shared/layerChecks";
import { expectCount, expectFloats, expectRank, expectShape } from "../shared/shapes";
import type {
  GatedAttentionParams,
  GatedPairParams,
  OuterProductParams,
  PairStackParams,
  PointAttentionParams,
  TransitionParams,
} from "./pairTypes";

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

/** @returns B, N and C of float32 z [B, N, N, C] */
export function expectPair(fn: string, z: tf.Tensor): { B: number; N: number; C: number } {
  expectRank(fn, "z", z, 4);
  const [B, N, , C] = z.shape as [number, number, number, number];
  expectFloats(fn, "z", z, [B, N, N, C]);
  return { B, N, C };
}

/** @returns B, N and C of float32 z [B, N, N, C]. @throws when its mask is not [B, N, N] */
export function expectPairs(
  fn: string,
  z: tf.Tensor,
  mask: tf.Tensor | undefined,
  name = "mask",
): { B: number; N: number; C: number } {
  const pair = expectPair(fn, z);
  if (mask) expectShape(fn, name, mask, [pair.B, pair.N, pair.N]);
  return pair;
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
 * @param at where the weights stand among the arguments, "" or "pair.starting."
 * @throws when the weights of a gated attention over features of width C do not fit, or heads do
 *   not divide their width
 */
export function expectGatedAttention(
  fn: string,
  C: number,
  params: GatedAttentionParams,
  heads: number,
  at = "",
): void {
  expectCount(fn, "heads", heads);
  const { norm, wq, wk, wv, wGate, bGate, wo, bo } = params;
  expectNorm(fn, `${at}norm`, norm, C);
  expectRank(fn, `${at}wq`, wq, 2);
  const width = wq.shape[1]!;
  if (width === 0 || width % heads !== 0) {
    throw new Error(`${fn}: expected heads to divide the width ${width} of ${at}wq, got ${heads}`);
  }
  for (const [name, w] of [
    ["wq", wq],
    ["wk", wk],
    ["wv", wv],
  ] as const) {
    expectWeight(fn, `${at}${name}`, w, [C, width]);
  }
  expectWeight(fn, `${at}wGate`, wGate, [C, width], bGate);
  expectWeight(fn, `${at}wo`, wo, [width, C], bo);
}

/** @throws when the weights of a triangle multiplication over pairs of width C do not fit */
export function expectGatedPair(fn: string, at: string, params: GatedPairParams, C: number): void {
  const { normIn, wA, normOut, wOut, gOut, bias } = params;
  expectWeight(fn, `${at}wA`, wA, [C, "Ch"], bias?.wA);
  const Ch = wA.shape[1]!;
  for (const name of ["gA", "wB", "gB"] as const) {
    expectWeight(fn, `${at}${name}`, params[name], [C, Ch], bias?.[name]);
  }
  expectWeight(fn, `${at}wOut`, wOut, [Ch, C], bias?.wOut);
  expectWeight(fn, `${at}gOut`, gOut, [C, C], bias?.gOut);
  expectNorm(fn, `${at}normIn`, normIn, C);
  expectNorm(fn, `${at}normOut`, normOut, Ch);
}

/** @throws when the weights of a transition over features of width C do not fit */
export function expectTransition(
  fn: string,
  at: string,
  params: TransitionParams,
  C: number,
): void {
  expectNorm(fn, `${at}norm`, params.norm, C);
  if ("gate" in params) expectSwiGlu(fn, at, params, C);
  else expectFeedForward(fn, at, params, C);
}

/** @throws unless the weights of an outer product mean lead from C features to pairs of Cz */
export function expectOuterProduct(
  fn: string,
  at: string,
  { norm, wA, bA, wB, bB, wOut, bOut }: OuterProductParams,
  [C, Cz]: [number, number | string],
): void {
  expectNorm(fn, `${at}norm`, norm, C);
  expectWeight(fn, `${at}wA`, wA, [C, "cA"], bA);
  expectWeight(fn, `${at}wB`, wB, [C, "cB"], bB);
  expectWeight(fn, `${at}wOut`, wOut, [wA.shape[1]! * wB.shape[1]!, Cz], bOut);
}

/** The weights of a pair stack over pairs of width C. @throws when one of them does not fit */
export function expectPairStack(
  fn: string,
  at: string,
  params: PairStackParams,
  C: number,
  heads: number,
): void {
  expectGatedPair(fn, `${at}outgoing.`, params.outgoing, C);
  expectGatedPair(fn, `${at}incoming.`, params.incoming, C);
  for (const node of ["starting", "ending"] as const) {
    expectGatedAttention(fn, C, params[node], heads, `${at}${node}.`);
    expectBias(fn, params[node].wBias, C, heads, `${at}${node}.`);
  }
  expectTransition(fn, `${at}transition.`, params.transition, C);
}

/** The row attention with a bias from pairs of width Cz. @throws when a weight does not fit */
export function expectRow(
  fn: string,
  at: string,
  params: GatedAttentionParams & { normPair: NormParams },
  [C, Cz]: [number, number],
  heads: number,
): void {
  expectGatedAttention(fn, C, params, heads, at);
  expectNorm(fn, `${at}normPair`, params.normPair, Cz);
  expectBias(fn, params.wBias, Cz, heads, at);
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
  at = "",
): tf.Tensor {
  if (!wBias) throw new Error(`${fn}: expected ${at}wBias [${C}, ${heads}], got none`);
  expectFloats(fn, `${at}wBias`, wBias, [C, heads]);
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
