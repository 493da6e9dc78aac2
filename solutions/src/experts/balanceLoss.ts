/**
 * The auxiliary loss that keeps experts equally busy (Switch, Fedus et al. 2021, arXiv:2101.03961,
 * eq. 4 to 6). Its factor α is left to the caller.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectFloats } from "../shared/shapes";

/**
 * E·Σ_e f_e·P_e, where f_e is expert e's share of all choices and P_e its mean probability:
 *   f_e = Σ_n chosen[n, e] / Σ chosen,  P_e = mean over n of softmax(logits_n)_e
 * It is 1 when choices or probabilities are even, and E when all of both go to one expert.
 * Gradients flow through P; f counts as a constant.
 * @param logits [N, E]
 * @param chosen [N, E], zeros and ones, as route gives them
 * @param options mask [N], 1 for tokens that count and 0 for padding, all count unless given; what
 *   stands in the rows of padding has no effect, not even NaN
 * @returns a scalar, 0 if no token counts
 * @throws when a shape or dtype doesn't fit
 */
export function balanceLoss(
  logits: tf.Tensor,
  chosen: tf.Tensor,
  options: { mask?: tf.Tensor } = {},
): tf.Tensor {
  expectFloats("balanceLoss", "logits", logits, ["N", "E"]);
  const [N, E] = logits.shape as [number, number];
  expectFloats("balanceLoss", "chosen", chosen, [N, E]);
  const { mask } = options;
  if (mask) expectFloats("balanceLoss", "mask", mask, [N]);
  // yours
  return tf.tidy(() => {
    const counts = mask ?? tf.ones([N]);
    const isReal = counts.notEqual(0).expandDims(1); // [N, 1]
    const real = (x: tf.Tensor) => tf.where(isReal, x, tf.zerosLike(x));
    const p = real(tf.softmax(real(logits))); // a row of NaN has no gradient either
    const load = real(chosen).sum(0);
    const f = load.div(load.sum().maximum(1)); // [E]
    const P = p.sum(0).div(counts.sum().maximum(1));
    return f.mul(P).sum().mul(E);
  });
}
