/** Two moves as one (Jumper et al. 2021, doi:10.1038/s41586-021-03819-2, supplement, §1.1). */
import * as tf from "@tensorflow/tfjs-core";
import { applyFrames } from "./applyFrames";
import { expectBroadcastWith, expectFrames } from "../shared/frameChecks";
import type { Frames } from "./types";

/**
 * First b, then a: applying the result is the same as applying a to the output of b.
 *   rotation = Ra·Rb,  translation = Ra·tb + ta
 * @param a frames with rotation [..., 3, 3] and translation [..., 3]
 * @param b frames whose leading axes broadcast with those of a
 * @returns frames with the leading axes of both
 * @throws when shapes don't fit
 */
export function composeFrames(a: Frames, b: Frames): Frames {
  const leading = expectFrames("composeFrames", "a", a);
  expectBroadcastWith("composeFrames", "b", expectFrames("composeFrames", "b", b), leading);
  // yours
  return tf.tidy(() => {
    // [..., 3, 3, 1] · [..., 1, 3, 3] → [..., 3, 3]
    const rotation = a.rotation.expandDims(-1).mul(b.rotation.expandDims(-3)).sum(-2);
    return { rotation, translation: applyFrames(a, b.translation) };
  });
}
