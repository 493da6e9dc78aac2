/**
 * Checks of the weights of one layer. `at` says where its record stands among the arguments, "" or
 * "blocks[1].mlp.", so that the message names the weight as the reader knows it.
 */
import type * as tf from "@tensorflow/tfjs-core";
import { expectFloats } from "./shapes";

/** @throws unless gamma and beta have `width` entries */
export function expectNorm(
  fn: string,
  name: string,
  { gamma, beta }: { gamma: tf.Tensor; beta: tf.Tensor },
  width: number,
): void {
  expectFloats(fn, `${name}.gamma`, gamma, [width]);
  expectFloats(fn, `${name}.beta`, beta, [width]);
}

/** @throws unless w1 is [C, F] and w2 [F, C], their biases as wide as what they are added to */
export function expectFeedForward(
  fn: string,
  at: string,
  { w1, b1, w2, b2 }: { w1: tf.Tensor; b1?: tf.Tensor; w2: tf.Tensor; b2?: tf.Tensor },
  C: number,
): void {
  expectFloats(fn, `${at}w1`, w1, [C, "F"]);
  const F = w1.shape[1]!;
  if (b1) expectFloats(fn, `${at}b1`, b1, [F]);
  expectFloats(fn, `${at}w2`, w2, [F, "C"]);
  if (b2) expectFloats(fn, `${at}b2`, b2, [w2.shape[1]!]);
}

/** @throws unless gate and up are [C, F] and down [F, C] */
export function expectSwiGlu(
  fn: string,
  at: string,
  { gate, up, down }: { gate: tf.Tensor; up: tf.Tensor; down: tf.Tensor },
  C: number,
): void {
  expectFloats(fn, `${at}gate`, gate, [C, "F"]);
  const F = gate.shape[1]!;
  expectFloats(fn, `${at}up`, up, [C, F]);
  expectFloats(fn, `${at}down`, down, [F, C]);
}
