/**
 * The root-mean-square deviation after the best rigid superposition (Kabsch 1976,
 * doi:10.1107/S0567739476001873).
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectDtype, expectShape } from "../shared/shapes";
import { stopGradient } from "../image-tokens/stopGradient";
import { bestRotation } from "./bestRotation";

/**
 * Compares two clouds of points: min over rotations R and shifts t of √(mean |R·p_i + t − q_i|²).
 * It is differentiable: at the best rotation, a small change of R makes no difference.
 * @param predicted float32 [N, 3], N ≥ 1
 * @param truth float32 [N, 3]
 * @returns a scalar, in the unit of the coordinates
 * @throws when shapes don't fit
 */
export function alignedRmsd(predicted: tf.Tensor, truth: tf.Tensor): tf.Tensor {
  expectShape("alignedRmsd", "truth", truth, ["N", 3]);
  expectDtype("alignedRmsd", "truth", truth, "float32");
  expectShape("alignedRmsd", "predicted", predicted, truth.shape);
  expectDtype("alignedRmsd", "predicted", predicted, "float32");
  if (truth.shape[0] === 0) throw new Error("alignedRmsd: expected at least one point, got [0, 3]");
  // yours
  return tf.tidy(() => {
    const p = predicted.sub(predicted.mean(0));
    const q = truth.sub(truth.mean(0));
    const rotation = bestRotation(stopGradient(p.matMul(q, true)));
    const error = p.matMul(rotation, false, true).sub(q);
    return error.square().sum(-1).mean().add(1e-12).sqrt(); // the root of zero has no slope
  });
}
