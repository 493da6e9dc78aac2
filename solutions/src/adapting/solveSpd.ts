/**
 * Linear equations with a symmetric positive definite matrix, by Gauss–Jordan elimination. Such a
 * matrix needs no pivoting (Golub & Van Loan 2013, Matrix Computations, §4.2). tfjs has no solver,
 * and reading the numbers into JavaScript would not work on WebGPU.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectFloats } from "../shared/shapes";

/**
 * The X with A·X = B.
 * @param A float32 [D, D], symmetric and positive definite
 * @param B [D, K]
 * @returns [D, K]
 * @throws when a shape or dtype doesn't fit
 */
export function solveSpd(A: tf.Tensor, B: tf.Tensor): tf.Tensor {
  expectFloats("solveSpd", "A", A, ["D", "D"]);
  const D = A.shape[0]!;
  expectFloats("solveSpd", "A", A, [D, D]);
  expectFloats("solveSpd", "B", B, [D, "K"]);
  const K = B.shape[1]!;
  const units = tf.eye(D);
  let rows = tf.concat([A, B], 1); // [D, D + K]
  for (let j = 0; j < D; j++) {
    const next = tf.tidy(() => {
      const pivot = rows.slice([j, 0], [1, -1]);
      const row = pivot.div(pivot.slice([0, j], [1, 1])); // 1 in column j
      // every other row loses its share of column j; row j becomes the pivot's
      const shares = rows.slice([0, j], [D, 1]).sub(units.slice([0, j], [D, 1]));
      return rows.sub(shares.matMul(row));
    });
    rows.dispose();
    rows = next;
  }
  const X = rows.slice([0, D], [D, K]);
  tf.dispose([rows, units]);
  return X;
}
