/**
 * From a residue's own space into the protein's (Jumper et al. 2021,
 * doi:10.1038/s41586-021-03819-2, supplement, §1.1).
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectBroadcastWith, expectFrames, expectPoints } from "../shared/frameChecks";
import type { Frames } from "./types";

/**
 * Moves each point p to rotation·p + translation.
 * Leading axes broadcast: frames [N, 1] and points [1, M, 3] give [N, M, 3].
 * @param frames rotation [..., 3, 3] and translation [..., 3]
 * @param points [..., 3]
 * @returns [..., 3]
 * @throws when shapes don't fit
 */
export function applyFrames(frames: Frames, points: tf.Tensor): tf.Tensor {
  const leading = expectFrames("applyFrames", "frames", frames);
  expectPoints("applyFrames", "points", points);
  expectBroadcastWith("applyFrames", "points", points.shape.slice(0, -1), leading);
  // yours
  return tf.tidy(() => {
    const { rotation, translation } = frames;
    const turned = rotation.mul(points.expandDims(-2)).sum(-1); // [..., 3, 3] → [..., 3]
    return turned.add(translation);
  });
}
