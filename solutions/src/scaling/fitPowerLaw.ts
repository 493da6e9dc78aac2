/**
 * A power law with an irreducible term, as scaling laws have it (Kaplan et al. 2020,
 * arXiv:2001.08361; Henighan et al. 2020, arXiv:2010.14701, §3, with the constant). They minimize
 * over all three numbers at once; here the exponent is one of a list, and least squares does the
 * rest, so that there is no start to choose and no local minimum.
 */
import { expectDataPoints, expectAboveZero } from "./checks";

/** y = irreducible + scale · x^(−exponent) */
export interface PowerLaw {
  irreducible: number;
  scale: number;
  exponent: number;
}

/** 0.01, 0.02, … 1.00 */
// given
export const EXPONENTS: number[] = Array.from({ length: 100 }, (_, i) => (i + 1) / 100);

/**
 * Fits E, A and α of ŷ = E + A·x^(−α) by least squares of the relative errors:
 *   minimize Σ ((ŷ − y) / y)²  with E ≥ 0
 * For each α of `exponents`, E and A are those of the exact minimum; where it has E < 0, E is 0 and
 * A alone is fitted. The α with the smallest sum wins. A may be negative.
 * @param x above 0, three different values or more; with a given E two
 * @param y above 0, as many
 * @param options exponents, candidates for α, of any sign but not 0, default EXPONENTS;
 *   irreducible: a given E ≥ 0, so that A and α alone are fitted
 * @throws when x or y hold anything else, there are too few or not as many y, exponents are empty
 *   or hold 0, or irreducible isn't a finite number of at least 0
 */
export function fitPowerLaw(
  x: number[],
  y: number[],
  options: { exponents?: number[]; irreducible?: number } = {},
): PowerLaw {
  const { exponents = EXPONENTS, irreducible: given } = options;
  expectAboveZero("fitPowerLaw", "x", x);
  expectAboveZero("fitPowerLaw", "y", y);
  expectDataPoints("fitPowerLaw", ["x", x], ["y", y], given === undefined ? 3 : 2);
  if (exponents.length === 0 || exponents.includes(0)) {
    throw new Error("fitPowerLaw: expected exponents other than 0, and one or more");
  }
  if (given !== undefined && !(given >= 0 && given < Infinity)) {
    throw new Error(`fitPowerLaw: expected irreducible to be at least 0, got ${given}`);
  }
  // yours
  const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  // powers of x / middle are near 1, whatever unit x has
  const middle = Math.exp(x.reduce((sum, value) => sum + Math.log(value), 0) / x.length);
  const u = y.map((value) => 1 / value); // an error is E·u + A·v − 1
  let best: { error: number; law: PowerLaw } | undefined;
  for (const exponent of exponents) {
    const v = x.map((value, i) => (value / middle) ** -exponent * u[i]!);
    const [uu, uv, vv] = [dot(u, u), dot(u, v), dot(v, v)];
    const [sumU, sumV] = [u, v].map((column) => column.reduce((sum, value) => sum + value, 0));
    const free = (vv * sumU! - uv * sumV!) / (uu * vv - uv * uv);
    const irreducible = given ?? Math.max(0, free);
    const scale = (sumV! - irreducible * uv) / vv;
    const errors = u.map((value, i) => irreducible * value + scale * v[i]! - 1);
    const error = dot(errors, errors);
    if (best === undefined || error < best.error) {
      best = { error, law: { irreducible, scale: scale * middle ** exponent, exponent } };
    }
  }
  return best!.law;
}
