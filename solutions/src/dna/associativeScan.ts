/**
 * A linear recurrence in log T rounds instead of T steps (Blelloch 1990, "Prefix sums and their
 * applications"; Mamba runs it on a GPU, Gu & Dao 2023, arXiv:2312.00752, §3.3.2). Work grows with
 * T, not with T·log T: join pairs, scan the sequence of half the length, fill in the steps between.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectDtype, expectFloats, shapeText } from "../shared/shapes";

/**
 * Computes every h_t = a_t ∘ h_{t−1} + b_t along axis 1, with h_{−1} = 0.
 * Two steps make one: a₂·(a₁·h + b₁) + b₂ = (a₂·a₁)·h + (a₂·b₁ + b₂).
 * @param a [B, T, ...]
 * @param b the shape of a
 * @returns every h_t, the shape of a
 * @throws when a has fewer than two axes, b has a different shape, or one isn't float32
 */
export function associativeScan(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  if (a.shape.length < 2) {
    const got = shapeText(a.shape);
    throw new Error(`associativeScan: expected a with at least the axes B and T, got ${got}`);
  }
  expectDtype("associativeScan", "a", a, "float32");
  expectFloats("associativeScan", "b", b, a.shape);
  const [B, T, ...rest] = a.shape as [number, number, ...number[]];
  const D = tf.util.sizeFromShape(rest);
  if (B * T * D === 0) return b.clone();
  if (T === 1) return tf.tidy(() => b.add(tf.zerosLike(a))); // a has no effect; its gradient is 0
  // yours
  const scan = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => {
    const T = a.shape[1]!; // a and b are [B, T, D]
    if (T === 1) return b;
    const half = Math.floor(T / 2);
    const step = (x: tf.Tensor, i: number) => {
      const pairs = x.slice([0, 0, 0], [B, 2 * half, D]).reshape([B, half, 2, D]);
      return pairs.slice([0, 0, i, 0], [B, half, 1, D]).squeeze([2]); // [B, half, D]
    };
    const [a1, b1, a2, b2] = [step(a, 0), step(b, 0), step(a, 1), step(b, 1)];
    const second = scan(a2.mul(a1), a2.mul(b1).add(b2)); // h after each pair
    const ended = second.slice([0, 0, 0], [B, half - 1, D]);
    const before = tf.concat([tf.zeros([B, 1, D]), ended], 1); // h before each pair
    const first = a1.mul(before).add(b1);
    const even = tf.stack([first, second], 2).reshape([B, 2 * half, D]); // steps take turns
    if (T === 2 * half) return even;
    const at = (x: tf.Tensor, t: number) => x.slice([0, t, 0], [B, 1, D]);
    const last = at(a, T - 1)
      .mul(at(even, T - 2))
      .add(at(b, T - 1));
    return tf.concat([even, last], 1);
  };
  return tf.tidy(() => {
    const flat = scan(a.reshape([B, T, D]), b.reshape([B, T, D]));
    return flat.reshape(a.shape);
  });
}
