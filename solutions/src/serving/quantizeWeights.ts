/**
 * Weights as whole numbers: symmetric, rounded to nearest, a scale for each output (Jacob et al.
 * 2018, arXiv:1712.05877, §2.1, with zero point 0; Dettmers et al. 2022, LLM.int8(),
 * arXiv:2208.07339, §2.1, absolute maximum).
 */
import { expectBits, expectMatrix } from "./checks";
import type { QuantizedWeights } from "./types";

/**
 * Writes each column of w as whole numbers from −m to m times a scale, m = 2^(bits − 1) − 1:
 *   scale[o] = max |w[i][o]| over i, divided by m,  whole[i][o] = round(w[i][o] / scale[o])
 * The error of a weight is half a step at most, scale[o]/2. A column of zeros has scale 0 and whole
 * numbers 0.
 * @param w [I, O], one column for each output
 * @param options bits, 2 to 8, default 8
 * @returns whole [I, O] and scale [O]
 * @throws when there is no row, rows differ in length, or bits is out of range
 */
export function quantizeWeights(
  w: number[][],
  { bits = 8 }: { bits?: number } = {},
): QuantizedWeights {
  expectMatrix("quantizeWeights", "w", w, [undefined, undefined]);
  expectBits("quantizeWeights", bits);
  // yours
  const m = 2 ** (bits - 1) - 1;
  const scale = w[0]!.map((_, o) => Math.max(...w.map((row) => Math.abs(row[o]!))) / m);
  const whole = w.map((row) => row.map((x, o) => (scale[o] === 0 ? 0 : Math.round(x / scale[o]!))));
  return { whole, scale };
}
