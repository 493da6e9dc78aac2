/** What the tests use of gpt.mjs. */
import type * as tf from "@tensorflow/tfjs-core";

export interface Size {
  L: number;
  C: number;
  T: number;
  B: number;
  H: number;
  V: number;
}
export interface Batch {
  inputs: tf.Tensor;
  targets: tf.Tensor;
}
export interface Run {
  loss?: tf.Tensor;
  params: tf.Tensor;
  state: { step: number; m: tf.Tensor[]; v: tf.Tensor[] };
}
export interface Caches {
  k: tf.Tensor | null;
  v: tf.Tensor | null;
}
export const SIZES: { small: Size; large: Size };
export function drawParams(size: Size): tf.Tensor;
export function named(params: tf.Tensor, size: Size): Record<string, tf.Tensor>;
export function drawBatch(size: Size, seed: number): Batch;
export function gpt(ids: tf.Tensor, params: Record<string, tf.Tensor>, size: Size): tf.Tensor;
export function gptStep(
  ids: tf.Tensor,
  params: Record<string, tf.Tensor>,
  size: Size,
  caches: Caches[],
): { logits: tf.Tensor; caches: Caches[] };
export function startOf(params: tf.Tensor): Run;
export function trainingStep(run: Run, batch: Batch, size: Size): Required<Run>;
