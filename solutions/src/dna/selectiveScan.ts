/**
 * Mamba's state space model, whose step, input and output depend on the token (Gu & Dao 2023,
 * arXiv:2312.00752, algorithm 2). B̄ is Δ·B, as in the authors' code; the paper's equation 4 has
 * the exact integral.
 */
import * as tf from "@tensorflow/tfjs-core";
import { associativeScan } from "./associativeScan";
import { expectFloats } from "../shared/shapes";

/** How many tokens' states are in memory at the same time. */
// given
const CHUNK = 1024;

/**
 * Scans the tokens with n states h per channel.
 *   h_t = exp(Δ_t·a)·h_{t−1} + Δ_t·b_t·u_t,  y_t = c_t·h_t + skip·u_t
 * A large step Δ_t forgets and writes, a small one keeps. The states [B, T, C, n] exist for one
 * chunk of tokens at a time; each chunk starts from the last state of the one before.
 * @param u [B, T, C]
 * @param delta [B, T, C], the steps Δ, above 0
 * @param a [C, n], below 0
 * @param b [B, T, n], how each token is written
 * @param c [B, T, n], how the state is read
 * @param skip [C]
 * @returns [B, T, C]
 * @throws when shapes or dtypes don't fit
 */
export function selectiveScan(
  u: tf.Tensor,
  delta: tf.Tensor,
  a: tf.Tensor,
  b: tf.Tensor,
  c: tf.Tensor,
  skip: tf.Tensor,
): tf.Tensor {
  expectFloats("selectiveScan", "u", u, ["B", "T", "C"]);
  const [B, T, C] = u.shape as [number, number, number];
  expectFloats("selectiveScan", "delta", delta, [B, T, C]);
  expectFloats("selectiveScan", "a", a, [C, "n"]);
  const n = a.shape[1]!;
  expectFloats("selectiveScan", "b", b, [B, T, n]);
  expectFloats("selectiveScan", "c", c, [B, T, n]);
  expectFloats("selectiveScan", "skip", skip, [C]);
  if (B * T * C * n === 0) return tf.tidy(() => u.mul(skip));
  // yours
  const scanChunk = (start: number, size: number, state: tf.Tensor) => {
    const cut = (x: tf.Tensor) => x.slice([0, start, 0], [B, size, -1]);
    const step = cut(delta).expandDims(3); // [B, size, C, 1]
    const keep = step.mul(a).exp(); // [B, size, C, n]
    const write = step.mul(cut(u).expandDims(3)).mul(cut(b).expandDims(2)); // [B, size, C, n]
    const at = (x: tf.Tensor, t: number, length: number) =>
      x.slice([0, t, 0, 0], [B, length, C, n]);
    const first = at(write, 0, 1).add(at(keep, 0, 1).mul(state)); // continues from the state
    const states = associativeScan(keep, tf.concat([first, at(write, 1, size - 1)], 1));
    const output = states.mul(cut(c).expandDims(2)).sum(3); // [B, size, C]
    return { output, next: at(states, size - 1, 1) };
  };
  return tf.tidy(() => {
    let state: tf.Tensor = tf.zeros([B, 1, C, n]);
    const outputs: tf.Tensor[] = [];
    for (let start = 0; start < T; start += CHUNK) {
      const size = Math.min(CHUNK, T - start);
      const { output, next } = tf.tidy(() => scanChunk(start, size, state));
      outputs.push(output);
      state = next;
    }
    return tf.concat(outputs, 1).add(u.mul(skip));
  });
}
