/**
 * A frame for each residue from three atoms of its backbone (Jumper et al. 2021,
 * doi:10.1038/s41586-021-03819-2, supplement, algorithm 21), by the Gram–Schmidt process.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectBackbone } from "../shared/frameChecks";
import { crossProduct } from "./crossProduct";
import type { Frames } from "./types";

/**
 * Makes the axes of each residue from its atoms; the origin is CA.
 *   e₁ = unit(C − CA),  e₂ = unit(v − (v·e₁)·e₁) with v = N − CA,  e₃ = e₁ × e₂
 *   rotation = [e₁ e₂ e₃] as columns,  translation = CA
 * @param n [..., 3], the nitrogen of each residue
 * @param ca [..., 3], its Cα
 * @param c [..., 3], its carbonyl carbon
 * @returns rotation [..., 3, 3] and translation [..., 3]
 * @throws when shapes differ, or the three atoms of a residue lie on one line
 */
export function framesFromBackbone(n: tf.Tensor, ca: tf.Tensor, c: tf.Tensor): Frames {
  expectBackbone("framesFromBackbone", n, ca, c);
  // yours
  return tf.tidy(() => {
    const unit = (v: tf.Tensor) => v.div(v.square().sum(-1, true).sqrt());
    const e1 = unit(c.sub(ca));
    const v = n.sub(ca);
    const along = e1.mul(e1.mul(v).sum(-1, true));
    const e2 = unit(v.sub(along));
    const rotation = tf.stack([e1, e2, crossProduct(e1, e2)], ca.shape.length); // [..., 3, 3]
    return { rotation, translation: ca.clone() };
  });
}
