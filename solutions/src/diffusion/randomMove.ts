/**
 * A random rigid move of each chain: AlphaFold 3's CentreRandomAugmentation (Abramson et al. 2024,
 * supplement, algorithm 19), from random numbers that are given. A normalized normal quaternion is
 * uniform among rotations (Shoemake 1992).
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectFloats } from "../shared/shapes";
import type { MoveNoise } from "./types";

/**
 * Centers each chain, turns it, and shifts it: x' = R·(x − mean) + shift for each atom.
 * Here q = (w, x, y, z) is the quaternion divided by its length, and
 *   R = [1 − 2(y² + z²)   2(xy − wz)       2(xz + wy)    ]
 *       [2(xy + wz)       1 − 2(x² + z²)   2(yz − wx)    ]
 *       [2(xz − wy)       2(yz + wx)       1 − 2(x² + y²)]
 * @param x [B, T, 3], float32; each chain's mean is over its T atoms
 * @param noise quaternions [B, 4], of any length above 0, as w, x, y, z; shifts [B, 3], in x's unit
 * @returns [B, T, 3]
 * @throws when quaternions or shifts don't fit x
 */
export function randomMove(x: tf.Tensor, noise: MoveNoise): tf.Tensor {
  const { quaternions, shifts } = noise;
  expectFloats("randomMove", "x", x, ["B", "T", 3]);
  const B = x.shape[0]!;
  expectFloats("randomMove", "quaternions", quaternions, [B, 4]);
  expectFloats("randomMove", "shifts", shifts, [B, 3]);
  // yours
  return tf.tidy(() => {
    const unit = quaternions.div(quaternions.norm("euclidean", -1, true)) as tf.Tensor;
    const [w, i, j, k] = tf.unstack(unit, -1) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
    const twice = (a: tf.Tensor, b: tf.Tensor) => a.mul(b).mul(2);
    const diagonal = (a: tf.Tensor, b: tf.Tensor) => twice(a, a).add(twice(b, b)).neg().add(1);
    const rotations = tf
      .stack(
        [
          diagonal(j, k),
          twice(i, j).sub(twice(w, k)),
          twice(i, k).add(twice(w, j)),
          twice(i, j).add(twice(w, k)),
          diagonal(i, k),
          twice(j, k).sub(twice(w, i)),
          twice(i, k).sub(twice(w, j)),
          twice(j, k).add(twice(w, i)),
          diagonal(i, j),
        ],
        -1,
      )
      .reshape([B, 3, 3]);
    const centered = x.sub(x.mean(1, true));
    // rows of x are atoms, so R stands on the right, transposed
    return centered.matMul(rotations, false, true).add(shifts.expandDims(1));
  });
}
