/**
 * The backbone update (Jumper et al. 2021, doi:10.1038/s41586-021-03819-2, supplement, algorithm
 * 23): six numbers of each residue become a small move of its frame.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectDtype, lastAxis, shapeText } from "../shared/shapes";
import type { Frames } from "../esm3/types";

/**
 * Turns b, c, d, t₁, t₂, t₃ into a frame: the rotation of the quaternion (1, b, c, d), normalized,
 * and the translation t. Zeros are no move at all; a half turn is out of reach.
 * @param six float32 [..., 6], a linear map of each residue's features
 * @returns frames with rotation [..., 3, 3] and translation [..., 3]
 * @throws when the last axis isn't 6
 */
export function backboneUpdate(six: tf.Tensor): Frames {
  if (lastAxis("backboneUpdate", "six", six) !== 6) {
    throw new Error(`backboneUpdate: expected six [..., 6], got ${shapeText(six.shape)}`);
  }
  expectDtype("backboneUpdate", "six", six, "float32");
  const leading = six.shape.slice(0, -1);
  return tf.tidy(() => {
    const parts = tf.split(six, [1, 1, 1, 3], -1);
    const [b, c, d, translation] = parts as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
    const [bb, cc, dd] = [b.square(), c.square(), d.square()];
    const [bc, bd, cd] = [b.mul(c), b.mul(d), c.mul(d)];
    const row1 = [bb.sub(cc).sub(dd).add(1), bc.sub(d).mul(2), bd.add(c).mul(2)];
    const row2 = [bc.add(d).mul(2), cc.sub(bb).sub(dd).add(1), cd.sub(b).mul(2)];
    const row3 = [bd.sub(c).mul(2), cd.add(b).mul(2), dd.sub(bb).sub(cc).add(1)];
    const matrix = tf.concat([...row1, ...row2, ...row3], -1); // [..., 9], times length²
    const squaredLength = bb.add(cc).add(dd).add(1); // of the quaternion
    return { rotation: matrix.div(squaredLength).reshape([...leading, 3, 3]), translation };
  });
}
