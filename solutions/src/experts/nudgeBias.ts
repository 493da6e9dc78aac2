/**
 * Balance without a loss (Wang et al. 2024, arXiv:2408.15664, algorithm 1; used by DeepSeek-V3,
 * arXiv:2412.19437, §2.1.2).
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectFloats } from "../shared/shapes";

/**
 * After each step, raises the bias of experts with less than the mean load, and lowers that of the
 * others:
 *   load_e = Σ_n chosen[n, e],  bias_e ← bias_e + rate·sign(mean load − load_e)
 * An expert with exactly the mean load keeps its bias.
 * @param bias [E], added to the probabilities when experts are chosen, and only then
 * @param chosen [N, E], zeros and ones
 * @param rate how far each bias moves
 * @returns the new bias [E]
 * @throws when a shape or dtype doesn't fit, or rate is negative
 */
export function nudgeBias(bias: tf.Tensor, chosen: tf.Tensor, rate: number): tf.Tensor {
  expectFloats("nudgeBias", "bias", bias, ["E"]);
  expectFloats("nudgeBias", "chosen", chosen, ["N", bias.shape[0]!]);
  if (!(rate >= 0)) throw new Error(`nudgeBias: expected rate of at least 0, got ${rate}`);
  // yours
  return tf.tidy(() => {
    const load = chosen.sum(0);
    return bias.add(load.mean().sub(load).sign().mul(rate));
  });
}
