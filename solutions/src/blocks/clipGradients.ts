/**
 * Clipping by the global norm (Pascanu, Mikolov & Bengio 2012, arXiv:1211.5063, algorithm 1).
 * All gradients shrink by one factor, so that a step gets shorter and keeps its direction.
 */
import * as tf from "@tensorflow/tfjs-core";

/** Norms below this count as zero; the square of this one still fits into float32. */
// given
const TINY = 1e-15;

/**
 * g · min(1, maxNorm / norm) for each gradient, with norm = √(Σ over all gradients of Σ g²).
 * @param gradients any number of tensors, any shapes
 * @param maxNorm the largest joint norm, at least 0
 * @returns the gradients, in their order, and the norm before clipping, a scalar
 * @throws when maxNorm is negative or not a number
 */
export function clipGradients(
  gradients: tf.Tensor[],
  maxNorm: number,
): { gradients: tf.Tensor[]; norm: tf.Tensor } {
  if (!(maxNorm >= 0)) {
    throw new Error(`clipGradients: expected maxNorm of at least 0, got ${maxNorm}`);
  }
  // yours
  return tf.tidy(() => {
    const filled = gradients.filter((g) => g.size > 0);
    let squares: tf.Tensor = tf.scalar(0);
    for (const g of filled) squares = squares.add(g.square().sum());
    const norm = squares.sqrt();
    const scale = tf.minimum(1, tf.div(maxNorm, norm.maximum(TINY)));
    return { gradients: gradients.map((g) => g.mul(scale)), norm };
  });
}
