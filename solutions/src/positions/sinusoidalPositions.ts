/**
 * Sinusoidal position embedding (Vaswani et al. 2017, arXiv:1706.03762, §3.5): waves from fast to
 * slow, nothing learned.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectCount } from "../shared/shapes";

/**
 * PE[t, 2i] = sin(t · base^(−2i/C)), PE[t, 2i + 1] = cos(t · base^(−2i/C)).
 * Angles are made in float64, so that they stay exact for any length.
 * @param length T
 * @param width C, even
 * @param base how slow the slowest wave is, 10,000 unless given
 * @returns [T, C]
 * @throws when the width is odd, or a number is out of range
 */
export function sinusoidalPositions(length: number, width: number, base = 10_000): tf.Tensor {
  expectCount("sinusoidalPositions", "length", length, 0);
  if (!Number.isInteger(width) || width < 2 || width % 2 !== 0) {
    throw new Error(`sinusoidalPositions: expected an even width of at least 2, got ${width}`);
  }
  if (!(base > 0 && Number.isFinite(base))) {
    throw new Error(`sinusoidalPositions: expected base to be a positive number, got ${base}`);
  }
  // yours
  const rates = Array.from({ length: width / 2 }, (_, i) => base ** ((-2 * i) / width));
  const rows = Array.from({ length }, (_, t) =>
    rates.flatMap((rate) => [Math.sin(t * rate), Math.cos(t * rate)]),
  );
  return tf.tensor(rows.flat(), [length, width], "float32");
}
