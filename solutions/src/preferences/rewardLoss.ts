/**
 * The loss of a reward model (Bradley & Terry 1952; Ouyang et al. 2022, arXiv:2203.02155, eq. 1;
 * the margin is Touvron et al.'s 2023, arXiv:2307.09288, eq. 2).
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectFloats } from "../shared/shapes";

/**
 * −log of the probability that each first answer beats the second, as Bradley and Terry have it:
 *   L = mean over pairs of −log σ(chosen − rejected − margin)
 * Finite for any finite scores, and so are its gradients with respect to both.
 * @param chosen float32 [P], the score of the answer that was preferred in each of P ≥ 1 pairs
 * @param rejected float32 [P], the score of the other one
 * @param options margin, float32 [P]: by how much chosen should win; 0 by default
 * @returns a scalar, in nats per pair
 * @throws when there is no pair, or a shape or dtype doesn't fit
 */
export function rewardLoss(
  chosen: tf.Tensor,
  rejected: tf.Tensor,
  options: { margin?: tf.Tensor } = {},
): tf.Tensor {
  const { margin } = options;
  expectFloats("rewardLoss", "chosen", chosen, ["P"]);
  if (chosen.size === 0) {
    throw new Error("rewardLoss: expected chosen of at least one pair, got [0]");
  }
  expectFloats("rewardLoss", "rejected", rejected, chosen.shape);
  if (margin) expectFloats("rewardLoss", "margin", margin, chosen.shape);
  // yours
  return tf.tidy(() => {
    const lead = chosen.sub(rejected);
    const beyond = margin ? lead.sub(margin) : lead;
    return tf.softplus(beyond.neg()).mean(); // −log σ(x) = softplus(−x)
  });
}
