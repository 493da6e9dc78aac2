/** The cross product of vectors in space. */
import * as tf from "@tensorflow/tfjs-core";
import { expectShape } from "../shared/shapes";
import { expectPoints } from "../shared/frameChecks";

/**
 * a × b is at right angles to both, and as long as the area of the parallelogram between them.
 *   a × b = (a₂b₃ − a₃b₂, a₃b₁ − a₁b₃, a₁b₂ − a₂b₁)
 * @param a [..., 3]
 * @param b [..., 3], the same shape
 * @returns [..., 3]
 * @throws when the shapes differ or don't end in 3
 */
export function crossProduct(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  expectPoints("crossProduct", "a", a);
  expectPoints("crossProduct", "b", b);
  expectShape("crossProduct", "b", b, a.shape);
  return tf.tidy(() => {
    const last = a.shape.length - 1;
    const [a1, a2, a3] = tf.unstack(a, last) as [tf.Tensor, tf.Tensor, tf.Tensor];
    const [b1, b2, b3] = tf.unstack(b, last) as [tf.Tensor, tf.Tensor, tf.Tensor];
    const x = a2.mul(b3).sub(a3.mul(b2));
    const y = a3.mul(b1).sub(a1.mul(b3));
    const z = a1.mul(b2).sub(a2.mul(b1));
    return tf.stack([x, y, z], last);
  });
}
