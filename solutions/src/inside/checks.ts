/** Checks of arguments that the functions of this folder share. */
import * as tf from "@tensorflow/tfjs-core";
import { expectFloats } from "../shared/shapes";
import type { SaeParams } from "./types";

/**
 * A sparse autoencoder for activations x [N, C].
 * @throws when a weight doesn't fit, or k isn't a whole number from 1 to F
 */
export function expectSae(
  fn: string,
  x: tf.Tensor,
  { encoder, bias, decoder, center }: SaeParams,
  k: number,
): void {
  expectFloats(fn, "x", x, ["N", "C"]);
  const C = x.shape[1]!;
  expectFloats(fn, "encoder", encoder, [C, "F"]);
  const F = encoder.shape[1]!;
  expectFloats(fn, "bias", bias, [F]);
  expectFloats(fn, "decoder", decoder, [F, C]);
  expectFloats(fn, "center", center, [C]);
  if (!Number.isInteger(k) || k < 1 || k > F) {
    throw new Error(`${fn}: expected k to be a whole number from 1 to ${F}, got ${k}`);
  }
}

/**
 * The dead ones of F latents, and how many of them count.
 * @throws unless dead holds ascending indices below F, and kAux is a whole number from 1
 */
export function expectDead(fn: string, dead: number[], kAux: number, F: number): void {
  const fits = (index: number, i: number) =>
    Number.isInteger(index) && index >= 0 && index < F && (i === 0 || dead[i - 1]! < index);
  if (!dead.every(fits)) {
    throw new Error(
      `${fn}: expected dead to be ascending indices below ${F}, got [${dead.join(", ")}]`,
    );
  }
  if (!Number.isInteger(kAux) || kAux < 1) {
    throw new Error(`${fn}: expected kAux to be a whole number from 1, got ${kAux}`);
  }
}
