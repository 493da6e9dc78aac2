/**
 * The frame-aligned point error (Jumper et al. 2021, doi:10.1038/s41586-021-03819-2, supplement,
 * algorithm 28): how wrong is each atom, seen from each residue?
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectFloats, expectShape } from "../shared/shapes";
import { applyFrames } from "../esm3/applyFrames";
import { expectFrames, expectPoints } from "../shared/frameChecks";
import { invertFrames } from "../esm3/invertFrames";
import type { Frames } from "../esm3/types";

/**
 * mean over all i, j of min(clamp, √(|T_i⁻¹·x_j − T*_i⁻¹·x*_j|² + 1e-4)) / unit, the star marking
 * the truth. It does not notice when the whole prediction is moved, and it does notice a mirror
 * image.
 * @param predicted frames with rotation [N, 3, 3] and translation [N, 3]
 * @param points float32 [M, 3], the predicted atoms
 * @param truth the true frames, [N, 3, 3] and [N, 3]
 * @param truePoints float32 [M, 3], the true atoms
 * @param options clamp 10, errors beyond it count no more and have no gradient; unit 10, what is
 *   divided by; both in the unit of the coordinates
 * @returns a scalar
 * @throws when shapes do not fit
 */
export function fape(
  predicted: Frames,
  points: tf.Tensor,
  truth: Frames,
  truePoints: tf.Tensor,
  options: { clamp?: number; unit?: number } = {},
): tf.Tensor {
  const leading = expectFrames("fape", "truth", truth);
  expectShape("fape", "truth.translation", truth.translation, ["N", 3]);
  expectFrames("fape", "predicted", predicted);
  expectShape("fape", "predicted.translation", predicted.translation, [...leading, 3]);
  expectPoints("fape", "truePoints", truePoints);
  expectShape("fape", "truePoints", truePoints, ["M", 3]);
  expectFloats("fape", "points", points, truePoints.shape);
  const { clamp = 10, unit = 10 } = options;
  // yours
  return tf.tidy(() => {
    const seen = (frames: Frames, x: tf.Tensor) => {
      const { rotation, translation } = invertFrames(frames);
      return applyFrames(
        { rotation: rotation.expandDims(1), translation: translation.expandDims(1) },
        x.expandDims(0),
      ); // [N, M, 3]
    };
    const error = seen(predicted, points)
      .sub(seen(truth, truePoints))
      .square()
      .sum(-1)
      .add(1e-4)
      .sqrt(); // [N, M]
    return error.minimum(clamp).mean().div(unit);
  });
}
