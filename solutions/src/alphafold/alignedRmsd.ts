/**
 * The root-mean-square deviation after the best rigid superposition (Kabsch 1976,
 * doi:10.1107/S0567739476001873). The rotation comes from the largest eigenvector of Horn's matrix
 * (1987, doi:10.1364/JOSAA.4.000629): a quaternion is never a reflection.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectDtype, expectShape } from "../shared/shapes";
import { stopGradient } from "../image-tokens/stopGradient";

/**
 * min over rotations R and shifts t of √(mean |R·p_i + t − q_i|²). Differentiable: at the best
 * rotation its own change does not count.
 * @param predicted float32 [N, 3], N ≥ 1
 * @param truth float32 [N, 3]
 * @returns a scalar, in the unit of the coordinates
 * @throws when shapes do not fit
 */
export function alignedRmsd(predicted: tf.Tensor, truth: tf.Tensor): tf.Tensor {
  expectShape("alignedRmsd", "truth", truth, ["N", 3]);
  expectDtype("alignedRmsd", "truth", truth, "float32");
  expectShape("alignedRmsd", "predicted", predicted, truth.shape);
  expectDtype("alignedRmsd", "predicted", predicted, "float32");
  if (truth.shape[0] === 0) throw new Error("alignedRmsd: expected at least one point, got [0, 3]");
  // yours
  return tf.tidy(() => {
    const p = predicted.sub(predicted.mean(0));
    const q = truth.sub(truth.mean(0));
    const rotation = bestRotation(stopGradient(p.matMul(q, true)));
    const left = p.matMul(rotation, false, true).sub(q);
    return left.square().sum(-1).mean().add(1e-12).sqrt(); // the root of zero has no slope
  });
}

// given
/**
 * The rotation R that makes Σ q_i·(R·p_i) largest, from covariance Σ p_i·q_iᵀ [3, 3]: Horn's
 * symmetric matrix [4, 4], squared until only its largest eigenvector is left, is a unit quaternion
 * times itself.
 */
function bestRotation(covariance: tf.Tensor): tf.Tensor {
  const horn = tf.tensor(
    [
      // which entries of the covariance, row by row, sum up to each entry of Horn's matrix
      1, 0, 0, 0, 1, 0, 0, 0, 1, /**/ 0, 0, 0, 0, 0, 1, 0, -1, 0, /**/ 0, 0, -1, 0, 0, 0, 1, 0, 0,
      /**/ 0, 1, 0, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, -1, 0, /**/ 1, 0, 0, 0, -1, 0, 0, 0, -1,
      /**/ 0, 1, 0, 1, 0, 0, 0, 0, 0, /**/ 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, -1, 0, 0, 0, 1, 0, 0,
      /**/ 0, 1, 0, 1, 0, 0, 0, 0, 0, /**/ -1, 0, 0, 0, 1, 0, 0, 0, -1, /**/ 0, 0, 0, 0, 0, 1, 0, 1,
      0, 0, 1, 0, -1, 0, 0, 0, 0, 0, /**/ 0, 0, 1, 0, 0, 0, 1, 0, 0, /**/ 0, 0, 0, 0, 0, 1, 0, 1, 0,
      /**/ -1, 0, 0, 0, -1, 0, 0, 0, 1,
    ],
    [16, 9],
  );
  const K = horn.matMul(covariance.reshape([9, 1])).reshape([4, 4]);
  // eigenvalues from 0 to 2, the largest as it was
  let m: tf.Tensor = K.div(K.norm().add(1e-30)).add(tf.eye(4));
  for (let i = 0; i < 24; i++) {
    m = m.div(m.norm());
    m = m.matMul(m);
  }
  // the longest column, q times a number
  const column = m.mul(tf.oneHot(m.mul(tf.eye(4)).sum(0).argMax(), 4)).sum(1);
  const [w, x, y, z] = column.div(column.norm()).split(4) as [
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
  ];
  const twice = (a: tf.Tensor, b: tf.Tensor, c: tf.Tensor, d: tf.Tensor) =>
    a.mul(b).add(c.mul(d)).mul(2);
  const one = (a: tf.Tensor, b: tf.Tensor) => tf.scalar(1).sub(a.square().add(b.square()).mul(2));
  return tf
    .concat([
      one(y, z),
      twice(x, y, w.neg(), z),
      twice(x, z, w, y),
      twice(x, y, w, z),
      one(x, z),
      twice(y, z, w.neg(), x),
      twice(x, z, w.neg(), y),
      twice(y, z, w, x),
      one(x, y),
    ])
    .reshape([3, 3]);
}
