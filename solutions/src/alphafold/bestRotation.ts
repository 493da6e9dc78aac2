/**
 * The best rotation between two clouds of points: the largest eigenvector of Horn's matrix (Horn
 * 1987, doi:10.1364/JOSAA.4.000629) is a quaternion, which is never a reflection.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectDtype, expectShape } from "../shared/shapes";

/**
 * The rotation R that makes Σ q_i·(R·p_i) largest, from the covariance Σ p_i·q_iᵀ [3, 3]. Horn's
 * matrix, squared until only its largest eigenvector is left, is a quaternion times itself.
 * @param covariance float32 [3, 3]
 * @returns [3, 3], never a reflection
 * @throws when the shape or dtype doesn't fit
 */
export function bestRotation(covariance: tf.Tensor): tf.Tensor {
  expectShape("bestRotation", "covariance", covariance, [3, 3]);
  expectDtype("bestRotation", "covariance", covariance, "float32");
  return tf.tidy(() => {
    const horn = hornMatrix(covariance);
    // eigenvalues from 0 to 2, the order unchanged, so the largest entry is on the diagonal
    let m: tf.Tensor = horn.div(horn.norm().add(1e-30)).add(tf.eye(4));
    for (let i = 0; i < 24; i++) {
      m = m.div(m.max());
      m = m.matMul(m);
    }
    const longest = tf.oneHot(m.mul(tf.eye(4)).sum(0).argMax(), 4);
    const column = m.mul(longest).sum(1); // a multiple of the quaternion
    return rotationOf(column.div(column.norm()));
  });
}

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
