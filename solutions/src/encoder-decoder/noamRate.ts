/**
 * The learning rate of the first Transformer (Vaswani et al. 2017, arXiv:1706.03762, §5.3), called
 * "Noam" after one of its authors.
 */
import { expectCount } from "../shared/shapes";

/**
 * The rate rises linearly for `warmup` steps, then falls with the root of the step.
 *   width^(−1/2) · min(step^(−1/2), step · warmup^(−3/2))
 * @param step from 1 on
 * @param width C of the model
 * @param warmup the step with the highest rate, (width · warmup)^(−1/2)
 * @throws when one of them isn't a whole number of at least 1
 */
export function noamRate(step: number, width: number, warmup: number): number {
  expectCount("noamRate", "step", step);
  expectCount("noamRate", "width", width);
  expectCount("noamRate", "warmup", warmup);
  // yours
  return width ** -0.5 * Math.min(step ** -0.5, step * warmup ** -1.5);
}
