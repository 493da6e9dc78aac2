/**
 * Direct preference optimization (Rafailov et al. 2023, arXiv:2305.18290, eq. 7): the model's own
 * log-probabilities, beside those of the model it started from, are the reward model.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectFloats } from "../shared/shapes";
import { rewardLoss } from "./rewardLoss";
import type { PairLogProbs } from "./types";

/**
 * Bradley and Terry's loss with the implicit reward β·(log π(y) − log π_ref(y)):
 *   L = mean over pairs of −log σ(β·[(log π_c − log π_ref,c) − (log π_r − log π_ref,r)])
 * c is the answer that was preferred, r the other one. Its minimum over all policies is
 * π ∝ π_ref·exp(reward / β), where rewards are those of Bradley and Terry's model.
 * @param policy log π of the answers of P ≥ 1 pairs
 * @param reference log π_ref of the same answers
 * @param options beta, how much a nat is worth, 0.1 by default
 * @returns a scalar, in nats per pair; finite, with finite gradients, for any finite arguments
 * @throws when there is no pair, a shape or dtype doesn't fit, or beta isn't a finite number above 0
 */
export function dpoLoss(
  policy: PairLogProbs,
  reference: PairLogProbs,
  options: { beta?: number } = {},
): tf.Tensor {
  const { beta = 0.1 } = options;
  expectFloats("dpoLoss", "policy.chosen", policy.chosen, ["P"]);
  const { shape } = policy.chosen;
  if (shape[0] === 0) throw new Error("dpoLoss: expected policy of at least one pair, got [0]");
  expectFloats("dpoLoss", "policy.rejected", policy.rejected, shape);
  expectFloats("dpoLoss", "reference.chosen", reference.chosen, shape);
  expectFloats("dpoLoss", "reference.rejected", reference.rejected, shape);
  if (!Number.isFinite(beta) || beta <= 0) {
    throw new Error(`dpoLoss: expected beta to be a finite number above 0, got ${beta}`);
  }
  // yours
  return tf.tidy(() => {
    const chosen = policy.chosen.sub(reference.chosen).mul(beta);
    const rejected = policy.rejected.sub(reference.rejected).mul(beta);
    return rewardLoss(chosen, rejected);
  });
}
