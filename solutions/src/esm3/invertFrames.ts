/**
 * The way back, from the protein's space into a residue's own (Jumper et al. 2021,
 * doi:10.1038/s41586-021-03819-2, supplement, §1.1).
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectFrames } from "../shared/frameChecks";
import type { Frames } from "./types";

/**
 * Inverts frames: rotationᵀ and −rotationᵀ·translation. A rotation's inverse is its transpose.
 * @param frames rotation [..., 3, 3], each a rotation, and translation [..., 3]
 * @returns frames of the same shape
 * @throws when shapes don't fit
 */
export function invertFrames(frames: Frames): Frames {
  const leading = expectFrames("invertFrames", "frames", frames);
  // yours
  return tf.tidy(() => {
    const L = leading.length;
    const rotation = frames.rotation.transpose([...leading.keys(), L + 1, L]);
    const turned = rotation.mul(frames.translation.expandDims(-2)).sum(-1); // [..., 3]
    return { rotation, translation: turned.neg() };
  });
}
