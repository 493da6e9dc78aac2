import { random } from "grader";
import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { inverseHessian } from "./inverseHessian";
import { quantizeWeights } from "./quantizeWeights";
import { roundWithError } from "./roundWithError";

checkReferences("quantizeWeights", quantizeWeights);
checkReferences("roundWithError", roundWithError);

const dice = random(3);
const drawn = (I: number, O: number) =>
  Array.from({ length: I }, () => Array.from({ length: O }, () => 2 * dice.next() - 1));

test("by hand: 3 bits are the whole numbers from −3 to 3", () => {
  const { whole, scale } = quantizeWeights(
    [
      [1.5, 0],
      [-0.6, 0],
      [0.2, 0],
    ],
    { bits: 3 },
  );
  expect(scale).toEqual([0.5, 0]);
  expect(whole.flat().map((n) => n + 0)).toEqual([3, 0, -1, 0, 0, 0]);
});

test("the error is half a step at most", () => {
  const w = drawn(40, 6);
  for (const bits of [2, 4, 8]) {
    const { whole, scale } = quantizeWeights(w, { bits });
    w.forEach((row, i) =>
      row.forEach((x, o) =>
        expect(Math.abs(x - scale[o]! * whole[i]![o]!)).toBeLessThanOrEqual(
          (scale[o]! / 2) * (1 + 1e-12),
        ),
      ),
    );
  }
});

test("the inverse times the matrix is 1", () => {
  const x = drawn(30, 5);
  const P = inverseHessian(x, 0);
  const H = P.map((_, i) => P.map((_, j) => x.reduce((sum, row) => sum + row[i]! * row[j]!, 0)));
  P.forEach((row, i) =>
    P.forEach((_, j) => {
      const entry = row.reduce((sum, value, n) => sum + value * H[n]![j]!, 0);
      expect(entry).toBeCloseTo(i === j ? 1 : 0, 9);
    }),
  );
});

test("outputs on the data are closer than with plain rounding, weights farther away", () => {
  const [I, O, bits] = [16, 8, 3];
  const mix = drawn(I, I);
  const times = (a: number[][], b: number[][]) =>
    a.map((row) => b[0]!.map((_, o) => row.reduce((sum, x, i) => sum + x * b[i]![o]!, 0)));
  const x = times(drawn(100, I), mix);
  const w = drawn(I, O);
  const { whole, scale } = quantizeWeights(w, { bits });
  const moved = roundWithError(w, inverseHessian(x), scale, { bits });
  const lost = (numbers: number[][], inputs?: number[][]) => {
    const off = w.map((row, i) => row.map((value, o) => value - numbers[i]![o]! * scale[o]!));
    return (inputs ? times(inputs, off) : off).flat().reduce((sum, e) => sum + e * e, 0);
  };
  expect(lost(moved, x)).toBeLessThan(0.7 * lost(whole, x));
  expect(lost(moved)).toBeGreaterThan(lost(whole));
});
