/**
 * A learning rate that warms up in a line and then falls along half a cosine (Loshchilov & Hutter
 * 2017, arXiv:1608.03983, eq. 5, without their restarts; the warm-up: Goyal et al. 2017,
 * arXiv:1706.02677, §2.2). Many language models train with it, GPT-3 and Llama among them.
 */
import { expectCount } from "../shared/shapes";

/**
 * The learning rate of a step, counted from 1.
 *   peak · step / warmup                                        while step ≤ warmup
 *   floor + (peak − floor) · ½ · (1 + cos(π · done))            after that, where
 *   done = (step − warmup) / (total − warmup)
 *   floor                                                       from step = total on
 * @param step from 1 on
 * @param options peak, the rate at step = warmup; warmup, the number of steps in which it rises, 0
 *   for none; total, the step that reaches the floor, at least 1 and at least warmup, which comes
 *   first where both are equal; floor between 0 and peak, default 0
 * @throws when step or total isn't a whole number of at least 1, warmup isn't one from 0 to total,
 *   peak is below 0, or floor isn't between 0 and peak
 */
export function cosineRate(
  step: number,
  options: { peak: number; warmup: number; total: number; floor?: number },
): number {
  const { peak, warmup, total, floor = 0 } = options;
  expectCount("cosineRate", "step", step);
  expectCount("cosineRate", "total", total);
  expectSchedule(peak, warmup, total, floor);
  // yours
  if (step <= warmup) return (peak * step) / warmup;
  if (step >= total) return floor;
  const done = (step - warmup) / (total - warmup);
  return floor + (peak - floor) * 0.5 * (1 + Math.cos(Math.PI * done));
}

// given
function expectSchedule(peak: number, warmup: number, total: number, floor: number): void {
  if (!Number.isInteger(warmup) || warmup < 0 || warmup > total) {
    throw new Error(
      `cosineRate: expected warmup to be a whole number from 0 to ${total}, got ${warmup}`,
    );
  }
  if (!(peak >= 0)) throw new Error(`cosineRate: expected peak of at least 0, got ${peak}`);
  if (!(floor >= 0 && floor <= peak)) {
    throw new Error(`cosineRate: expected floor between 0 and peak, got ${floor}`);
  }
}
