/**
 * Hyena's implicit filter (Poli et al. 2023, arXiv:2302.10866, §3.3): a small network of the
 * position gives each tap.
 */
import * as tf from "@tensorflow/tfjs-core";
import { linear } from "../shared/linearWithGradient";
import { expectFloats } from "../shared/shapes";

/** w1 [1 + 2·bands, F], b1 [F], w2 [F, F], b2 [F], w3 [F, C], decay [C]. */
export interface HyenaFilterParams {
  w1: tf.Tensor;
  b1: tf.Tensor;
  w2: tf.Tensor;
  b2: tf.Tensor;
  w3: tf.Tensor;
  decay: tf.Tensor;
}

/**
 * Makes a filter of any length from the same weights. With τ = s / length:
 *   z = [τ, cos(2πτ·1), …, cos(2πτ·bands), −sin(2πτ·1), …, −sin(2πτ·bands)]
 *   filter_{c,s} = exp(−decay_c·τ)·(sin(sin(z·w1 + b1)·w2 + b2)·w3)_c
 * @param length number of taps, at least 1
 * @param params w1 [1 + 2·bands, F], b1 [F], w2 [F, F], b2 [F], w3 [F, C], decay [C]
 * @returns [C, length]
 * @throws when length isn't a whole number of at least 1, or a weight doesn't fit
 */
export function hyenaFilter(length: number, params: HyenaFilterParams): tf.Tensor {
  if (!Number.isInteger(length) || length < 1) {
    throw new Error(
      `hyenaFilter: expected length to be a whole number of at least 1, got ${length}`,
    );
  }
  const { w1, b1, w2, b2, w3, decay } = params;
  expectFloats("hyenaFilter", "w1", w1, ["1 + 2·bands", "F"]);
  const [rows, F] = w1.shape as [number, number];
  const bands = (rows - 1) / 2;
  if (!Number.isInteger(bands) || bands < 0) {
    throw new Error(`hyenaFilter: expected w1 with an odd number of rows, got ${rows}`);
  }
  expectFloats("hyenaFilter", "b1", b1, [F]);
  expectFloats("hyenaFilter", "w2", w2, [F, F]);
  expectFloats("hyenaFilter", "b2", b2, [F]);
  expectFloats("hyenaFilter", "w3", w3, [F, "C"]);
  expectFloats("hyenaFilter", "decay", decay, [w3.shape[1]!]);
  // yours
  return tf.tidy(() => {
    const tau = tf.range(0, length).div(length).reshape([length, 1]); // [length, 1]
    const waves = tau.mul(tf.range(1, bands + 1)).mul(2 * Math.PI); // [length, bands]
    const z = tf.concat([tau, waves.cos(), waves.sin().neg()], 1);
    const hidden = linear(linear(z, w1, b1).sin(), w2, b2).sin();
    const taps = linear(hidden, w3); // [length, C]
    const window = tau.mul(decay).neg().exp(); // [length, C]
    return taps.mul(window).transpose();
  });
}
