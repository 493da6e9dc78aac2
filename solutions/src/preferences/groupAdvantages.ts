/**
 * How much better an answer is than the others to the same prompt (GRPO: Shao et al. 2024,
 * arXiv:2402.03300, §4.1.2; without the division: Liu et al. 2025, arXiv:2503.20783, §3.2).
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectFloats } from "../shared/shapes";

/**
 * Each reward minus its group's mean, divided by its group's standard deviation:
 *   A = (r − mean r) / std r,  std over all G answers (divided by G, not by G − 1)
 * Groups with equal rewards get 0, exactly, since they say nothing about what is better.
 * @param rewards float32 [P, G]: G ≥ 1 answers to each of P prompts; any finite numbers
 * @param options scale: "std" by default; "none" leaves the division out
 * @returns float32 [P, G]
 * @throws when rewards isn't float32 [P, G] with G ≥ 1, or scale is another word
 */
export function groupAdvantages(
  rewards: tf.Tensor,
  options: { scale?: "std" | "none" } = {},
): tf.Tensor {
  const { scale = "std" } = options;
  expectFloats("groupAdvantages", "rewards", rewards, ["P", "G"]);
  const [P, G] = rewards.shape as [number, number];
  if (G === 0) {
    throw new Error(`groupAdvantages: expected rewards of at least one answer, got [${P}, 0]`);
  }
  if (scale !== "std" && scale !== "none") {
    const got = JSON.stringify(scale);
    throw new Error(`groupAdvantages: expected scale to be "std" or "none", got ${got}`);
  }
  // yours
  return tf.tidy(() => {
    const apart = rewards.sub(rewards.slice([0, 0], [P, 1])); // equal rewards become zeros
    const centered = apart.sub(apart.mean(1, true));
    if (scale === "none") return centered;
    const std = centered.square().mean(1, true).sqrt(); // [P, 1]
    return tf.divNoNan(centered, std);
  });
}
