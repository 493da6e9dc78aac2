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
 * The mean error of all atoms in all frames, where a star marks the truth:
 *   mean over i, j of min(clamp, √(|T_i⁻¹·x_j − T*_i⁻¹·x*_j|² + 1e-4)) / unit
 * Moving the whole prediction doesn't change it, but a mirror image does.
 * @param predicted frames with rotation [N, 3, 3] and translation [N, 3]
 * @param points float32 [M, 3], the predicted atoms
 * @param truth the true frames, [N, 3, 3] and [N, 3]
 * @param truePoints float32 [M, 3], the true atoms
 * @param options clamp, the largest error that counts, default 10; unit, the divisor, default 10;
 *   both in the unit of the coordinates
 * @returns a scalar
 * @throws when shapes don't fit
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
      const inverse = invertFrames(frames);
      const rotation = inverse.rotation.expandDims(1); // [N, 1, 3, 3]
      const translation = inverse.translation.expandDims(1); // [N, 1, 3]
      return applyFrames({ rotation, translation }, x.expandDims(0)); // [N, M, 3]
    };
    const apart = seen(predicted, points).sub(seen(truth, truePoints));
    const error = apart.square().sum(-1).add(1e-4).sqrt(); // [N, M]
    return error.minimum(clamp).mean().div(unit);
  });
}
