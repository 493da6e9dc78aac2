/** The noise levels of a walk (Karras et al. 2022, arXiv:2206.00364, equation 5). */
import { expectPositive } from "./checks";
import { expectCount } from "../shared/shapes";

/**
 * σ_i = (max^{1/ρ} + i/(n − 1)·(min^{1/ρ} − max^{1/ρ}))^ρ for i from 0 to n − 1, and then 0: dense
 * where there is little noise.
 * @param n the number of steps, 2 or more
 * @param options max and min, both above 0; rho, default 7
 * @returns n + 1 levels that fall from max to 0
 * @throws when a number is out of range
 */
export function noiseLevels(
  n: number,
  options: { max: number; min: number; rho?: number },
): number[] {
  const { max, min, rho = 7 } = options;
  expectCount("noiseLevels", "n", n, 2);
  for (const [name, value] of Object.entries({ max, min, rho })) {
    expectPositive("noiseLevels", name, value);
  }
  const [high, low] = [max ** (1 / rho), min ** (1 / rho)];
  const level = (i: number) => (high + (i / (n - 1)) * (low - high)) ** rho;
  return [...Array.from({ length: n }, (_, i) => level(i)), 0];
}
