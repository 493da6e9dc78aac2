/** Draws an id by inverse transform sampling, as sampleToken does, from plain numbers. */

/**
 * The first id at which the running sum of the weights is above uniform times the sum of them all.
 * @param weights V numbers from 0 on, some above 0; they need not sum to 1
 * @param uniform a random number, 0 ≤ uniform < 1
 * @returns an id whose weight is above 0
 */
export function drawFrom(weights: ArrayLike<number>, uniform: number): number {
  const all = Array.from(weights);
  const border = uniform * all.reduce((sum, x) => sum + x, 0);
  let sum = 0;
  const id = all.findIndex((x) => (sum += x) > border);
  return id >= 0 ? id : all.findLastIndex((x) => x > 0); // where rounding ends the sum too early
}
