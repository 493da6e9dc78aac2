/** Rank correlation (Spearman 1904, doi:10.2307/1412159), with mean ranks for ties. */
import { expectRankable } from "./checks";

/**
 * Spearman's correlation of two lists: Pearson's correlation of their ranks,
 *   ρ = Σ (r − r̄)(s − s̄) / √(Σ (r − r̄)² · Σ (s − s̄)²)
 * The smallest value has rank 1. Equal values share the mean of the ranks that they fill, so
 * [5, 7, 7, 9] has ranks [1, 2.5, 2.5, 4]. ∞ and −∞ are values like all others.
 * @param a N numbers, N at least 2
 * @param b N numbers
 * @returns from −1 to 1; 0 if all values of a list are equal, since it then ranks nothing
 * @throws when the lists have different lengths, there are fewer than two values, or one is NaN
 */
export function spearman(a: number[], b: number[]): number {
  expectRankable("spearman", "a", a, 2);
  expectRankable("spearman", "b", b, 2);
  if (a.length !== b.length) {
    throw new Error(`spearman: expected b with ${a.length} numbers, got ${b.length}`);
  }
  // yours
  const [r, s] = [centeredRanks(a), centeredRanks(b)];
  const product = (x: number[], y: number[]) => x.reduce((sum, xi, i) => sum + xi * y[i]!, 0);
  const spread = product(r, r) * product(s, s);
  return spread === 0 ? 0 : product(r, s) / Math.sqrt(spread);
}

/** Mean ranks, minus the mean of all ranks, which is (N + 1) / 2 with ties, too. */
function centeredRanks(values: number[]): number[] {
  const order = [...values.keys()].sort((i, j) => values[i]! - values[j]!);
  const center = (values.length + 1) / 2;
  const ranks = new Array<number>(values.length);
  let start = 0;
  while (start < order.length) {
    let end = start;
    while (values[order[end]!] === values[order[start]!]) end++;
    // the ranks of this run are start + 1 to end
    for (const i of order.slice(start, end)) ranks[i] = (start + 1 + end) / 2 - center;
    start = end;
  }
  return ranks;
}
