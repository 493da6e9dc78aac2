/**
 * The smooth lDDT loss (Abramson et al. 2024, doi:10.1038/s41586-024-07487-w, supplement, §3.7.1,
 * algorithm 27): lDDT with sigmoids for its counts, so that it has a slope. Left out: the radius of
 * 30 Å for DNA and RNA, and the mask of atoms that weren't measured.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectDtype, expectShape } from "../shared/shapes";

/**
 * One minus the mean of smooth counts, over all ordered pairs of different points that are less
 * than 15 Å apart in the truth.
 *   d_ij = √(|x_i − x_j|² + 1e-8),  δ_ij = |d_ij − d*_ij|, where d* is the truth's
 *   loss = 1 − mean_ij ¼·(σ(½ − δ_ij) + σ(1 − δ_ij) + σ(2 − δ_ij) + σ(4 − δ_ij))
 * Without any such pair the mean counts as 0. The loss of a perfect prediction is 0.196, since no
 * sigmoid reaches 1.
 * @param predicted float32 [N, 3], in Å
 * @param truth float32 [N, 3], in Å
 * @returns a scalar between 0 and 1; gradients flow to predicted
 * @throws when shapes don't fit
 */
export function smoothLddtLoss(predicted: tf.Tensor, truth: tf.Tensor): tf.Tensor {
  expectShape("smoothLddtLoss", "truth", truth, ["N", 3]);
  expectDtype("smoothLddtLoss", "truth", truth, "float32");
  expectShape("smoothLddtLoss", "predicted", predicted, truth.shape);
  expectDtype("smoothLddtLoss", "predicted", predicted, "float32");
  // yours
  return tf.tidy(() => {
    const N = truth.shape[0]!;
    const distances = (x: tf.Tensor) => {
      const apart = x.expandDims(1).sub(x.expandDims(0)); // [N, N, 3]
      return apart.square().sum(-1).add(1e-8).sqrt();
    };
    const expected = distances(truth);
    const error = distances(predicted).sub(expected).abs();
    const others = tf.scalar(1).sub(tf.eye(N)); // a point isn't its own neighbor
    const counted = expected.less(15).cast("float32").mul(others);
    const terms = [0.5, 1, 2, 4].map((cut) => tf.scalar(cut).sub(error).sigmoid());
    const kept = tf.addN(terms).div(4);
    return tf.scalar(1).sub(kept.mul(counted).sum().div(counted.sum().maximum(1)));
  });
}
