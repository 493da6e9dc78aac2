/**
 * Linear attention as a recurrent network (Katharopoulos et al. 2020, arXiv:2006.16236, §3.4,
 * eq. 16–20).
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectDtype, expectShape } from "../shared/shapes";
import { eluPlusOne } from "./eluPlusOne";

/** The sums so far, zeros at the start: s [B, H, D, D] of φ(k)ᵀ·v, and z [B, H, D] of φ(k). */
export type LinearState = {
  s: tf.Tensor;
  z: tf.Tensor;
};

/**
 * One token of causal linear attention. With φ = elu + 1:
 *   s′ = s + φ(k)ᵀ·v,   z′ = z + φ(k),   output = φ(q)·s′ / (φ(q)·z′ + 1e-6)
 * The state has the same size after a million tokens as after one.
 * @param q [B, H, D]
 * @param k [B, H, D]
 * @param v [B, H, D]
 * @param state s [B, H, D, D] and z [B, H, D]
 * @returns output [B, H, D] and the state after this token
 * @throws when shapes or dtypes do not fit
 */
export function linearAttentionStep(
  q: tf.Tensor,
  k: tf.Tensor,
  v: tf.Tensor,
  state: LinearState,
): { output: tf.Tensor; state: LinearState } {
  expectShape("linearAttentionStep", "q", q, ["B", "H", "D"]);
  const [B, H, D] = q.shape as [number, number, number];
  for (const [name, x, shape] of [
    ["q", q, [B, H, D]],
    ["k", k, [B, H, D]],
    ["v", v, [B, H, D]],
    ["state.s", state.s, [B, H, D, D]],
    ["state.z", state.z, [B, H, D]],
  ] as const) {
    expectShape("linearAttentionStep", name, x, shape);
    expectDtype("linearAttentionStep", name, x, "float32");
  }
  // yours
  return tf.tidy(() => {
    const query = eluPlusOne(q);
    const key = eluPlusOne(k);
    const s = state.s.add(key.expandDims(3).mul(v.expandDims(2))); // [B, H, D, 1]·[B, H, 1, D]
    const z = state.z.add(key);
    const sum = query.expandDims(2).matMul(s).squeeze([2]); // [B, H, 1, D] → [B, H, D]
    const weight = query.mul(z).sum(-1, true).add(1e-6); // [B, H, 1]
    return { output: sum.div(weight), state: { s, z } };
  });
}
