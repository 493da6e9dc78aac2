/** pass@k (Chen et al. 2021, "Evaluating Large Language Models Trained on Code", arXiv:2107.03374, eq. 1). */

/**
 * The probability that k answers, drawn from n without replacement, hold a right one, if c of the n
 * are right:
 *   pass@k = 1 − C(n − c, k) / C(n, k)
 * Accurate to 1e-9 for n up to 10,000.
 * @param n how many answers were sampled
 * @param c how many of them are right, from 0 to n
 * @param k how many one may try, from 1 to n
 * @returns from 0 (no answer is right) to 1 (fewer than k are wrong)
 * @throws when one of them isn't a whole number, or is out of range
 */
export function passAtK(n: number, c: number, k: number): number {
  expectWhole("n", n, 1, Infinity);
  expectWhole("c", c, 0, n);
  expectWhole("k", k, 1, n);
  // yours
  let allWrong = 1; // C(n − c, k) / C(n, k), factor by factor
  for (let i = n - c + 1; i <= n; i++) allWrong *= 1 - k / i; // 0 at i = k
  return 1 - allWrong;
}

// given
function expectWhole(name: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new Error(
      `passAtK: expected ${name} to be a whole number from ${least} to ${most}, got ${value}`,
    );
  }
}
