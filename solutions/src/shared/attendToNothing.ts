/** The zeros with which attention answers where there are no queries or no keys. */
import * as tf from "@tensorflow/tfjs-core";

/**
 * Zeros, for no queries or no keys, since devices disagree about empty sums. They are made from the
 * arguments, so that gradients, which are zeros too, reach them.
 * @param q [B, H, T, D]
 * @param k [B, H, S, D]
 * @param v [B, H, S, D]
 * @param shape B, H, T, S and D; T or S may be 0
 * @returns output [B, H, T, D] and weights [B, H, T, S]
 */
export function attendToNothing(
  q: tf.Tensor,
  k: tf.Tensor,
  v: tf.Tensor,
  shape: [number, number, number, number, number],
): { output: tf.Tensor; weights: tf.Tensor } {
  const [B, H, T, S, D] = shape;
  return tf.tidy(() => {
    const none: [number, number] = [0, 0];
    const firstOf = (x: tf.Tensor) =>
      x.pad([none, none, [0, 1], none]).slice([0, 0, 0, 0], [B, H, 1, D]);
    const zero = tf.addN([q, k, v].map((x) => firstOf(x.mul(0)))); // [B, H, 1, D]
    return {
      output: zero.tile([1, 1, T, 1]),
      weights: zero.slice([0, 0, 0, 0], [B, H, 1, 1]).tile([1, 1, T, S]),
    };
  });
}
