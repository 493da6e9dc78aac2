/**
 * GPTQ (Frantar et al. 2023, arXiv:2210.17323, §3.1 and algorithm 1), which is Optimal Brain Surgeon
 * (Hassibi & Stork 1993) with rounding in place of pruning and one order for all columns. The
 * inverse is reduced row by row, as in the paper's eq. 3; its Cholesky form and its blocks, which
 * give the same numbers faster, are left out.
 */
import { expectBits, expectMatrix } from "./checks";

/**
 * Rounds the weights of a linear layer one input after the other, and moves the weights that aren't
 * rounded yet to make up for the error. With P = inverse, for i = 0 … I − 1 and each column o:
 *   whole[i][o] = round(w[i][o] / scale[o]), clipped to −m … m, m = 2^(bits − 1) − 1
 *   e = (w[i][o] − scale[o]·whole[i][o]) / P[i][i],  w[j][o] −= e·P[i][j] for all j > i
 * and then, for the rows after i,
 *   P[j][k] −= P[j][i]·P[i][k] / P[i][i] for all j, k > i
 * @param w [I, O]; it isn't changed
 * @param inverse [I, I], as inverseHessian gives it; it isn't changed
 * @param scale [O], as quantizeWeights gives it; where it is 0, all whole numbers are 0
 * @param options bits, 2 to 8, default 8
 * @returns whole numbers [I, O]
 * @throws when a shape doesn't fit, or bits is out of range
 */
export function roundWithError(
  w: number[][],
  inverse: number[][],
  scale: number[],
  { bits = 8 }: { bits?: number } = {},
): number[][] {
  expectMatrix("roundWithError", "w", w, [undefined, undefined]);
  expectMatrix("roundWithError", "inverse", inverse, [w.length, w.length]);
  expectMatrix("roundWithError", "scale", [scale], [1, w[0]!.length]);
  expectBits("roundWithError", bits);
  // yours
  const m = 2 ** (bits - 1) - 1;
  const left = w.map((row) => Float64Array.from(row));
  const P = inverse.map((row) => Float64Array.from(row));
  const nearest = (x: number, s: number) =>
    s === 0 ? 0 : Math.max(-m, Math.min(m, Math.round(x / s)));
  const whole: number[][] = [];
  for (const [i, row] of left.entries()) {
    const pivot = P[i]!;
    whole.push(Array.from(row, (x, o) => nearest(x, scale[o]!)));
    const errors = row.map((x, o) => (x - scale[o]! * whole[i]![o]!) / pivot[i]!);
    for (let j = i + 1; j < w.length; j++) {
      const later = left[j]!;
      for (let o = 0; o < later.length; o++) later[o]! -= errors[o]! * pivot[j]!;
      const share = P[j]![i]! / pivot[i]!;
      for (let k = i + 1; k < w.length; k++) P[j]![k]! -= share * pivot[k]!;
    }
  }
  return whole;
}
