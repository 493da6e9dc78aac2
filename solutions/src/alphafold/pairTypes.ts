/**
 * Weights of the layers on pairs and alignments, as plain data. Ch is a layer's hidden width, Cz
 * the width of the pairs.
 */
import type { Tensor } from "@tensorflow/tfjs-core";
import type { FeedForwardParams } from "../blocks/feedForward";
import type { NormParams } from "../encoders/types";

/** wA, gA, wB, gB [C, Ch]; normOut [Ch]; wOut [Ch, C]; gOut [C, C]; a bias for each of the six. */
export interface GatedPairParams {
  normIn: NormParams;
  wA: Tensor;
  gA: Tensor;
  wB: Tensor;
  gB: Tensor;
  normOut: NormParams;
  wOut: Tensor;
  gOut: Tensor;
  bias?: Record<"wA" | "gA" | "wB" | "gB" | "wOut" | "gOut", Tensor>;
}

/**
 * wq, wk, wv, wGate [C, H·D], bGate [H·D], wo [H·D, C], bo [C]; wBias [Cz, H] if pairs give a bias.
 */
export interface GatedAttentionParams {
  norm: NormParams;
  wq: Tensor;
  wk: Tensor;
  wv: Tensor;
  wBias?: Tensor;
  wGate: Tensor;
  bGate?: Tensor;
  wo: Tensor;
  bo?: Tensor;
}

/**
 * wA [C, cA], bA [cA], wB [C, cB], bB [cB], wOut [cA·cB, Cz], bOut [Cz]; row p·cB + q of wOut is
 * for channel p of a and q of b.
 */
export interface OuterProductParams {
  norm: NormParams;
  wA: Tensor;
  bA?: Tensor;
  wB: Tensor;
  bB?: Tensor;
  wOut: Tensor;
  bOut?: Tensor;
}

/**
 * A norm, and either two matrices with ReLU between (AlphaFold 2) or SwiGLU's three (AlphaFold 3).
 */
export type TransitionParams = { norm: NormParams } & (
  FeedForwardParams | { gate: Tensor; up: Tensor; down: Tensor }
);

/**
 * wq, wk, wv [C, H·D]; wqPoints, wkPoints [C, H·Pq·3] and wvPoints [C, H·Pv·3], columns (head,
 * point, xyz); wBias [Cz, H]; headScale [H]; wo [H·(D + 4·Pv + Cz), C], rows for scalars [H, D],
 * local points [H, Pv, 3], their norms [H, Pv] and pairs [H, Cz].
 */
export interface PointAttentionParams {
  wq: Tensor;
  wk: Tensor;
  wv: Tensor;
  wqPoints: Tensor;
  wkPoints: Tensor;
  wvPoints: Tensor;
  wBias: Tensor;
  headScale: Tensor;
  wo: Tensor;
  bq?: Tensor;
  bk?: Tensor;
  bv?: Tensor;
  bqPoints?: Tensor;
  bkPoints?: Tensor;
  bvPoints?: Tensor;
  bo?: Tensor;
}

/** What both blocks do with pairs: the four triangle layers, then a transition. */
export interface PairStackParams {
  outgoing: GatedPairParams;
  incoming: GatedPairParams;
  starting: GatedAttentionParams;
  ending: GatedAttentionParams;
  transition: TransitionParams;
}
