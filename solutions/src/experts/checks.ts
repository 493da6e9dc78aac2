/** Checks of arguments that the functions of this folder share. */
import * as tf from "@tensorflow/tfjs-core";
import { expectFloats } from "../shared/shapes";
import type { ExpertParams } from "./types";

/** @throws when a weight doesn't fit x [N, C] and gates [N, E] */
export function expectExperts(
  fn: string,
  x: tf.Tensor,
  gates: tf.Tensor,
  { w1, b1, w2, b2 }: ExpertParams,
): void {
  expectFloats(fn, "x", x, ["N", "C"]);
  const [N, C] = x.shape as [number, number];
  expectFloats(fn, "gates", gates, [N, "E"]);
  const E = gates.shape[1]!;
  expectFloats(fn, "w1", w1, [E, C, "F"]);
  const F = w1.shape[2]!;
  expectFloats(fn, "b1", b1, [E, F]);
  expectFloats(fn, "w2", w2, [E, F, C]);
  expectFloats(fn, "b2", b2, [E, C]);
}

/**
 * Lists of tokens, one per expert.
 * @throws unless there are E lists, each of whole numbers from 0 below N
 */
export function expectExpertTokens(fn: string, tokens: number[][], E: number, N: number): void {
  if (tokens.length !== E) {
    throw new Error(`${fn}: expected tokens of ${E} experts, got ${tokens.length}`);
  }
  const wrong = tokens.flat().find((n) => !Number.isInteger(n) || n < 0 || n >= N);
  if (wrong !== undefined) {
    throw new Error(`${fn}: expected tokens from 0 to ${N - 1}, got ${wrong}`);
  }
}
