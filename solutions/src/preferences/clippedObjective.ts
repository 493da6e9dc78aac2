/**
 * The clipped objective of PPO (Schulman et al. 2017, arXiv:1707.06347, eq. 7), over answers as in
 * GRPO (Shao et al. 2024, arXiv:2402.03300, eq. 3, there minus a KL term); two bounds as in DAPO
 * (Yu et al. 2025, arXiv:2503.14476, §3.1).
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectFloats } from "../shared/shapes";

/**
 * What to maximize after answers were sampled from an older policy:
 *   ρ = exp(log π − log π_old),  per letter min(ρ·A, clip(ρ, 1 − ε, 1 + ε_high)·A)
 * averaged over the counted letters of each answer, and then over all B answers. An answer without
 * counted letters adds 0 and is one of the B. What isn't counted may be anything, NaN too, and has no
 * gradient.
 * @param logProbs float32 [B, T], log π of each letter that was written
 * @param oldLogProbs float32 [B, T], log π_old of the same letters
 * @param advantages float32 [B], one A per answer
 * @param mask float32 [B, T], 1 where a letter counts and 0 elsewhere
 * @param options epsilon ε, 0.2 by default; epsilonHigh, by default the same as epsilon
 * @returns a scalar, with a gradient for logProbs
 * @throws when a shape or dtype doesn't fit, B is 0, ε isn't from 0 to 1, or ε_high is below 0
 */
export function clippedObjective(
  logProbs: tf.Tensor,
  oldLogProbs: tf.Tensor,
  advantages: tf.Tensor,
  mask: tf.Tensor,
  options: { epsilon?: number; epsilonHigh?: number } = {},
): tf.Tensor {
  const { epsilon = 0.2, epsilonHigh = epsilon } = options;
  expectFloats("clippedObjective", "logProbs", logProbs, ["B", "T"]);
  const [B, T] = logProbs.shape as [number, number];
  if (B === 0) {
    throw new Error(`clippedObjective: expected logProbs of at least one answer, got [0, ${T}]`);
  }
  expectFloats("clippedObjective", "oldLogProbs", oldLogProbs, [B, T]);
  expectFloats("clippedObjective", "advantages", advantages, [B]);
  expectFloats("clippedObjective", "mask", mask, [B, T]);
  if (!(epsilon >= 0 && epsilon <= 1)) {
    throw new Error(`clippedObjective: expected epsilon from 0 to 1, got ${epsilon}`);
  }
  if (!(epsilonHigh >= 0)) {
    throw new Error(`clippedObjective: expected epsilonHigh of at least 0, got ${epsilonHigh}`);
  }
  // yours
  return tf.tidy(() => {
    const counts = mask.notEqual(0);
    const change = tf.where(counts, logProbs.sub(oldLogProbs), 0);
    const ratio = change.exp(); // [B, T], 1 where nothing counts
    const a = advantages.expandDims(1); // [B, 1]
    const clipped = ratio.clipByValue(1 - epsilon, 1 + epsilonHigh);
    const letters = tf.minimum(ratio.mul(a), clipped.mul(a)).mul(mask);
    return letters.sum(1).div(mask.sum(1).maximum(1)).mean();
  });
}
