/**
 * The backbone update (Jumper et al. 2021, doi:10.1038/s41586-021-03819-2, supplement, algorithm
 * 23): six numbers of each residue become a small move of its frame.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectDtype, lastAxis, shapeText } from "../shared/shapes";
import type { Frames } from "../esm3/types";

/**
 * b, c, d and t = the six numbers; the quaternion (1, b, c, d) / √(1 + b² + c² + d²) as a rotation,
 * and t as the translation. Zeros are no move at all, and no six numbers are a half turn.
 * @param six float32 [..., 6], a linear map of each residue's features
 * @returns frames with rotation [..., 3, 3] and translation [..., 3]
 * @throws when the last axis is not 6
 */
export function backboneUpdate(six: tf.Tensor): Frames {
  if (lastAxis("backboneUpdate", "six", six) !== 6) {
    throw new Error(`backboneUpdate: expected six [..., 6], got ${shapeText(six.shape)}`);
  }
  expectDtype("backboneUpdate", "six", six, "float32");
  const leading = six.shape.slice(0, -1);
  return tf.tidy(() => {
    const [b, c, d, x, y, z] = tf.split(six, 6, -1) as [
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
    ];
    const [bb, cc, dd] = [b, c, d].map((v) => v.square()) as [tf.Tensor, tf.Tensor, tf.Tensor];
    const rows = tf.concat(
      [
        bb.sub(cc).sub(dd).add(1),
        b.mul(c).sub(d).mul(2),
        b.mul(d).add(c).mul(2),
        b.mul(c).add(d).mul(2),
        cc.sub(bb).sub(dd).add(1),
        c.mul(d).sub(b).mul(2),
        b.mul(d).sub(c).mul(2),
        c.mul(d).add(b).mul(2),
        dd.sub(bb).sub(cc).add(1),
      ],
      -1,
    ); // [..., 9], times the squared length of (1, b, c, d)
    return {
      rotation: rows.div(bb.add(cc).add(dd).add(1)).reshape([...leading, 3, 3]),
      translation: tf.concat([x, y, z], -1),
    };
  });
}
