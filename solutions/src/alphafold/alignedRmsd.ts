/**
 * The root-mean-square deviation after the best rigid superposition (Kabsch 1976,
 * doi:10.1107/S0567739476001873). The rotation comes from the largest eigenvector of Horn's matrix
 * (1987, doi:10.1364/JOSAA.4.000629), a quaternion, which is never a reflection.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectDtype, expectShape } from "../shared/shapes";
import { stopGradient } from "../image-tokens/stopGradient";

/**
 * Compares two clouds of points: min over rotations R and shifts t of √(mean |R·p_i + t − q_i|²).
 * It is differentiable: at the best rotation, a small change of R makes no difference.
 * @param predicted float32 [N, 3], N ≥ 1
 * @param truth float32 [N, 3]
 * @returns a scalar, in the unit of the coordinates
 * @throws when shapes don't fit
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
    const error = p.matMul(rotation, false, true).sub(q);
    return error.square().sum(-1).mean().add(1e-12).sqrt(); // the root of zero has no slope
  });
}

// given
/**
 * The rotation R that makes Σ q_i·(R·p_i) largest, from the covariance Σ p_i·q_iᵀ [3, 3]. Horn's
 * matrix, squared until only its largest eigenvector is left, is a quaternion times itself.
 */
function bestRotation(covariance: tf.Tensor): tf.Tensor {
  const horn = hornMatrix(covariance);
  // eigenvalues from 0 to 2, the order unchanged
  let m: tf.Tensor = horn.div(horn.norm().add(1e-30)).add(tf.eye(4));
  for (let i = 0; i < 24; i++) {
    m = m.div(m.norm());
    m = m.matMul(m);
  }
  const longest = tf.oneHot(m.mul(tf.eye(4)).sum(0).argMax(), 4);
  const column = m.mul(longest).sum(1); // a multiple of the quaternion
  return rotationOf(column.div(column.norm()));
}

// given
/** Horn's symmetric matrix [4, 4] of a covariance [3, 3]. */
function hornMatrix(covariance: tf.Tensor): tf.Tensor {
  // prettier-ignore
  const entries = [
    // xx xy  xz  yx  yy yz zx  zy  zz of the covariance
    [ 1,  0,  0,  0,  1, 0, 0,  0,  1], // xx + yy + zz
    [ 0,  0,  0,  0,  0, 1, 0, -1,  0], // yz − zy
    [ 0,  0, -1,  0,  0, 0, 1,  0,  0], // zx − xz
    [ 0,  1,  0, -1,  0, 0, 0,  0,  0], // xy − yx

    [ 0,  0,  0,  0,  0, 1, 0, -1,  0], // yz − zy
    [ 1,  0,  0,  0, -1, 0, 0,  0, -1], // xx − yy − zz
    [ 0,  1,  0,  1,  0, 0, 0,  0,  0], // xy + yx
    [ 0,  0,  1,  0,  0, 0, 1,  0,  0], // zx + xz

    [ 0,  0, -1,  0,  0, 0, 1,  0,  0], // zx − xz
    [ 0,  1,  0,  1,  0, 0, 0,  0,  0], // xy + yx
    [-1,  0,  0,  0,  1, 0, 0,  0, -1], // yy − xx − zz
    [ 0,  0,  0,  0,  0, 1, 0,  1,  0], // yz + zy

    [ 0,  1,  0, -1,  0, 0, 0,  0,  0], // xy − yx
    [ 0,  0,  1,  0,  0, 0, 1,  0,  0], // zx + xz
    [ 0,  0,  0,  0,  0, 1, 0,  1,  0], // yz + zy
    [-1,  0,  0,  0, -1, 0, 0,  0,  1], // zz − xx − yy
  ];
  return tf
    .tensor2d(entries)
    .matMul(covariance.reshape([9, 1]))
    .reshape([4, 4]);
}

// given
/** The rotation matrix [3, 3] of a unit quaternion [4]. */
function rotationOf(quaternion: tf.Tensor): tf.Tensor {
  const [w, x, y, z] = quaternion.split(4) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
  const one = (a: tf.Tensor, b: tf.Tensor) => tf.scalar(1).sub(a.square().add(b.square()).mul(2));
  const two = (a: tf.Tensor, b: tf.Tensor, c: tf.Tensor, d: tf.Tensor) =>
    a.mul(b).add(c.mul(d)).mul(2);
  const row1 = [one(y, z), two(x, y, w.neg(), z), two(x, z, w, y)];
  const row2 = [two(x, y, w, z), one(x, z), two(y, z, w.neg(), x)];
  const row3 = [two(x, z, w.neg(), y), two(y, z, w, x), one(x, y)];
  return tf.concat([...row1, ...row2, ...row3]).reshape([3, 3]);
}
