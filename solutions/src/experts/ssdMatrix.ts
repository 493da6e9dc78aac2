/**
 * Mamba-2's scan as a matrix, state space duality (Dao & Gu 2024, "Transformers are SSMs",
 * arXiv:2405.21060, eq. 6 and §3.2.2; the sums of decays are the authors' `segsum`).
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectFloats } from "../shared/shapes";

/**
 * The matrix M with which a scan is one product, y = M·u:
 *   M[t, s] = (c_t·b_s)·exp(decay_{s+1} + … + decay_t) for s ≤ t, and 0 for s > t
 * It is the scan h_t = exp(decay_t)·h_{t−1} + b_t·u_t, y_t = c_t·h_t from h = 0: attention with
 * queries c and keys b, without softmax, in which what lies back fades. The first decay has no
 * effect. A decay of −∞ forgets all that came before.
 * @param decay [B, H, T], at most 0
 * @param b [B, H, T, n], how each token is written
 * @param c [B, H, T, n], how the state is read
 * @returns [B, H, T, T]
 * @throws when a shape or dtype doesn't fit
 */
export function ssdMatrix(decay: tf.Tensor, b: tf.Tensor, c: tf.Tensor): tf.Tensor {
  expectFloats("ssdMatrix", "decay", decay, ["B", "H", "T"]);
  const [B, H, T] = decay.shape as [number, number, number];
  expectFloats("ssdMatrix", "b", b, [B, H, T, "n"]);
  expectFloats("ssdMatrix", "c", c, [B, H, T, b.shape[3]!]);
  // yours
  return tf.tidy(() => {
    const at = tf.range(0, T, 1, "int32");
    const isAfter = at.greater(at.expandDims(1)); // [T, T], row s, column t: t > s
    const isFrom = at.greaterEqual(at.expandDims(1));
    const fill = (mask: tf.Tensor, x: tf.Tensor, rest: number) =>
      tf.where(mask, x, tf.fill([B, H, T, T], rest));
    const each = decay.expandDims(2); // column t: decay_t
    const sums = fill(isAfter, each, 0).cumsum(3); // no differences: −∞ − −∞ isn't a number
    const fade = fill(isFrom, sums, -Infinity).exp(); // [B, H, s, t]
    return c.matMul(b, false, true).mul(fade.transpose([0, 1, 3, 2]));
  });
}
