/** Linear equations with a symmetric, positive definite matrix, by Cholesky's decomposition. */

/**
 * Solves A·x = b in float64: A = L·Lᵀ, then two triangular systems.
 * @param A n rows of n numbers, symmetric and positive definite; only the lower half is read
 * @param b n numbers
 * @returns x, n numbers
 * @throws when A isn't n × n or not positive definite
 */
export function solveSymmetric(A: ArrayLike<number>[], b: ArrayLike<number>): number[] {
  const n = b.length;
  if (A.length !== n || A.some((row) => row.length !== n)) {
    throw new Error(`solveSymmetric: expected A with ${n} rows of ${n} numbers`);
  }
  const L = A.map((row) => Float64Array.from(row));
  for (let i = 0; i < n; i++) {
    const row = L[i]!;
    for (let j = 0; j <= i; j++) {
      const other = L[j]!;
      let sum = row[j]!;
      for (let k = 0; k < j; k++) sum -= row[k]! * other[k]!;
      if (i === j && !(sum > 0)) {
        throw new Error("solveSymmetric: expected A to be positive definite");
      }
      row[j] = i === j ? Math.sqrt(sum) : sum / other[j]!;
    }
  }
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i]! -= L[i]![k]! * x[k]!;
    x[i]! /= L[i]![i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i]! -= L[k]![i]! * x[k]!;
    x[i]! /= L[i]![i]!;
  }
  return [...x];
}
