/**
 * A linear recurrence in log T rounds in place of T steps (Blelloch 1990, "Prefix sums and their
 * applications"; Mamba runs it on a graphics card, Gu & Dao 2023, arXiv:2312.00752, §3.3.2). Work
 * grows with T, not with T·log T: pairs are joined, the half as long sequence is scanned, the steps
 * between are filled in.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectDtype, expectFloats, shapeText } from "../shared/shapes";

/**
 * h_t = a_t ∘ h_{t−1} + b_t with h_{−1} = 0, along axis 1, all steps at once: two steps are one, h
 * → a₂·(a₁·h + b₁) + b₂ = (a₂·a₁)·h + (a₂·b₁ + b₂).
 * @param a [B, T, ...]
 * @param b the shape of a
 * @returns the shape of a: every h_t
 * @throws when a has fewer than two axes, b has another shape, or one is not float32
 */
export function associativeScan(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  if (a.shape.length < 2) {
    throw new Error(
      `associativeScan: expected a with at least the axes B and T, got ${shapeText(a.shape)}`,
    );
  }
  expectDtype("associativeScan", "a", a, "float32");
  expectFloats("associativeScan", "b", b, a.shape);
  const [B, T, ...rest] = a.shape as [number, number, ...number[]];
  const D = tf.util.sizeFromShape(rest);
  if (B * T * D === 0) return b.clone();
  // a counts for nothing, and its gradient is 0
  if (T === 1) return tf.tidy(() => b.add(tf.zerosLike(a)));
  // yours
  const scan = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => {
    // [B, T, D] each
    const T = a.shape[1]!;
    const half = Math.floor(T / 2);
    if (T === 1) return b;
    const pairs = (x: tf.Tensor) => x.slice([0, 0, 0], [B, 2 * half, D]).reshape([B, half, 2, D]);
    const each = (x: tf.Tensor, i: number) =>
      pairs(x).slice([0, 0, i, 0], [B, half, 1, D]).squeeze([2]); // [B, half, D]
    const [a1, b1, a2, b2] = [each(a, 0), each(b, 0), each(a, 1), each(b, 1)];
    const second = scan(a2.mul(a1), a2.mul(b1).add(b2)); // h after each pair
    // h before each pair
    const before = tf.concat([tf.zeros([B, 1, D]), second.slice([0, 0, 0], [B, half - 1, D])], 1);
    const first = a1.mul(before).add(b1);
    // [B, half, 2, D] → [B, 2·half, D]
    const even = tf.stack([first, second], 2).reshape([B, 2 * half, D]);
    if (T === 2 * half) return even;
    const last = (x: tf.Tensor, at: number) => x.slice([0, at, 0], [B, 1, D]);
    return tf.concat(
      [
        even,
        last(a, T - 1)
          .mul(last(even, T - 2))
          .add(last(b, T - 1)),
      ],
      1,
    );
  };
  return tf.tidy(() => scan(a.reshape([B, T, D]), b.reshape([B, T, D])).reshape(a.shape));
}
