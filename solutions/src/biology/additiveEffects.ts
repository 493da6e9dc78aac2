/**
 * The additive model of mutations, without epistasis: each mutation adds its own effect, whatever
 * else has changed. Fitted by ridge regression (Hoerl & Kennard 1970,
 * doi:10.1080/00401706.1970.10488634).
 */
import { solveSymmetric } from "./solveSymmetric";
import { expectRankable } from "./checks";
import type { AdditiveModel } from "./types";

/**
 * The base and the effects that minimize
 *   Σ over variants (base + Σ effects of its mutations − fitness)² + ridge · Σ over effects effect²
 * The base isn't in the second sum. A mutation that no variant has gets the effect 0.
 * @param variants of each of N variants the numbers of its mutations, from 0 to count − 1, none
 *   twice; a variant without mutations is []
 * @param fitness N finite numbers
 * @param count how many mutations there are
 * @param ridge above 0, default 1
 * @returns base and `count` effects, in the unit of fitness
 * @throws when there is no variant, the lists have different lengths, a fitness isn't finite, a
 *   mutation is out of range or twice in a variant, or ridge isn't above 0
 */
export function additiveEffects(
  variants: number[][],
  fitness: number[],
  count: number,
  ridge = 1,
): AdditiveModel {
  expectVariants(variants, fitness, count);
  if (!(ridge > 0 && ridge < Infinity)) {
    throw new Error(`additiveEffects: expected ridge to be above 0, got ${ridge}`);
  }
  // yours
  const size = count + 1; // the base comes last, as a mutation that all variants have
  const A = Array.from({ length: size }, () => new Float64Array(size));
  const b = new Float64Array(size);
  for (let m = 0; m < count; m++) A[m]![m] = ridge;
  variants.forEach((mutations, n) => {
    const columns = [...mutations, count];
    for (const i of columns) {
      b[i]! += fitness[n]!;
      for (const j of columns) A[i]![j]! += 1;
    }
  });
  const solved = solveSymmetric(A, b);
  return { base: solved[count]!, effects: solved.slice(0, count) };
}

// given
function expectVariants(variants: number[][], fitness: number[], count: number): void {
  expectRankable("additiveEffects", "fitness", fitness, 1);
  if (variants.length !== fitness.length) {
    const got = variants.length;
    throw new Error(`additiveEffects: expected variants for ${fitness.length} numbers, got ${got}`);
  }
  const odd = fitness.find((y) => !Number.isFinite(y));
  if (odd !== undefined) {
    throw new Error(`additiveEffects: expected fitness to be finite, got ${odd}`);
  }
  variants.forEach((mutations, n) => {
    const outside = mutations.find((m) => !Number.isInteger(m) || m < 0 || m >= count);
    if (outside !== undefined || new Set(mutations).size < mutations.length) {
      throw new Error(
        `additiveEffects: expected variants of different mutations from 0 to ${count - 1}, ` +
          `got [${mutations.join(", ")}] for variant ${n}`,
      );
    }
  });
}
