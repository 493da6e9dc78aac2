/**
 * What rounding one weight means for the others: the inverse of the matrix that weighs the errors of
 * a linear layer's weights, as Frantar et al. 2023 (GPTQ, arXiv:2210.17323, §3.3) damp it.
 */
import { expectMatrix } from "./checks";

/**
 * The inverse of H = xᵀx + damp·mean(diagonal of xᵀx)·1, by Gauss–Jordan elimination in place.
 * @param x [N, I], inputs that the layer got
 * @param damp default 0.01
 * @returns [I, I]
 * @throws when there is no row, or rows differ in length
 */
export function inverseHessian(x: number[][], damp = 0.01): number[][] {
  expectMatrix("inverseHessian", "x", x, [undefined, undefined]);
  const I = x[0]!.length;
  const H = Array.from({ length: I }, () => new Float64Array(I));
  for (const row of x) {
    for (let i = 0; i < I; i++) for (let j = 0; j <= i; j++) H[i]![j]! += row[i]! * row[j]!;
  }
  for (let i = 0; i < I; i++) for (let j = 0; j < i; j++) H[j]![i] = H[i]![j]!;
  const mean = H.reduce((sum, row, i) => sum + row[i]!, 0) / I;
  H.forEach((row, i) => (row[i]! += damp * mean));
  for (let i = 0; i < I; i++) {
    const pivot = H[i]!;
    const size = pivot[i]!;
    pivot[i] = 1; // column i of the matrix gives way to column i of the inverse
    for (let n = 0; n < I; n++) pivot[n]! /= size;
    for (const row of H) {
      if (row === pivot) continue;
      const share = row[i]!;
      row[i] = 0;
      for (let n = 0; n < I; n++) row[n]! -= share * pivot[n]!;
    }
  }
  return H.map((row) => Array.from(row));
}
