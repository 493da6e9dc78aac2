/**
 * An interval for anything that is computed from data, without a formula for its error: the
 * percentile bootstrap (Efron 1979, "Bootstrap Methods: Another Look at the Jackknife"; Efron &
 * Tibshirani 1993, An Introduction to the Bootstrap, chapter 13).
 */

/**
 * Draws samples of the data with replacement, computes the statistic of each, and cuts off equal
 * shares on both sides:
 *   sample r = data[⌊n·uniforms[r][i]⌋] for i = 0 … n − 1
 *   low, high = the quantiles (1 − level) / 2 and (1 + level) / 2 of the statistics
 * The quantile q of R sorted numbers stands at position q·(R − 1), between two of them on the
 * straight line. A sample whose statistic isn't finite is left out.
 * @param data n items of any kind, one or more
 * @param statistic of n items, a number
 * @param uniforms R rows of n numbers, 0 ≤ u < 1: one row for each sample
 * @param level default 0.95, above 0 and below 1
 * @throws when data or uniforms are empty, a row hasn't n numbers, level is out of range, or no
 *   statistic is finite (the message names statistic)
 */
export function bootstrapInterval<T>(
  data: T[],
  statistic: (sample: T[]) => number,
  uniforms: number[][],
  level = 0.95,
): { low: number; high: number } {
  if (data.length === 0) {
    throw new Error("bootstrapInterval: expected data to hold an item or more");
  }
  if (uniforms.length === 0 || uniforms.some((row) => row.length !== data.length)) {
    throw new Error(
      `bootstrapInterval: expected uniforms to be one row or more of ${data.length} numbers`,
    );
  }
  if (!(level > 0 && level < 1)) {
    throw new Error(`bootstrapInterval: expected level to be above 0 and below 1, got ${level}`);
  }
  // yours
  const n = data.length;
  const statistics = uniforms
    .map((row) => statistic(row.map((u) => data[Math.floor(n * u)]!)))
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  if (statistics.length === 0) {
    throw new Error("bootstrapInterval: expected statistic to be finite for some sample");
  }
  const quantile = (q: number) => {
    const position = q * (statistics.length - 1);
    const [below, above] = [Math.floor(position), Math.ceil(position)];
    const [low, high] = [statistics[below]!, statistics[above]!];
    return low + (position - below) * (high - low);
  };
  return { low: quantile((1 - level) / 2), high: quantile((1 + level) / 2) };
}
