/**
 * lDDT, the local distance difference test (Mariani et al. 2013,
 * doi:10.1093/bioinformatics/btt473), on Cα atoms as AlphaFold predicts it: which share of the
 * distances of the true structure does a prediction keep? Nothing is laid over anything.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectDtype, expectShape } from "../shared/shapes";

/**
 * Over all ordered pairs of different residues at most 15 Å apart in the truth: the mean share of
 * the cut-offs 0.5, 1, 2 and 4 Å that the error of their distance stays strictly below. Without any
 * such pair it is 0. It has no useful gradient: it counts.
 * @param predicted float32 [N, 3], in Å
 * @param truth float32 [N, 3], in Å
 * @returns a scalar between 0 and 1
 * @throws when shapes do not fit
 */
export function lddt(predicted: tf.Tensor, truth: tf.Tensor): tf.Tensor {
  expectShape("lddt", "truth", truth, ["N", 3]);
  expectDtype("lddt", "truth", truth, "float32");
  expectShape("lddt", "predicted", predicted, truth.shape);
  expectDtype("lddt", "predicted", predicted, "float32");
  // yours
  return tf.tidy(() => {
    const N = truth.shape[0]!;
    const distances = (x: tf.Tensor) =>
      x.expandDims(1).sub(x.expandDims(0)).square().sum(-1).sqrt(); // [N, N]
    const expected = distances(truth);
    const error = distances(predicted).sub(expected).abs();
    const counted = expected
      .lessEqual(15)
      .cast("float32")
      .mul(tf.scalar(1).sub(tf.eye(N))); // a residue is no neighbour of itself
    const kept = tf.addN([0.5, 1, 2, 4].map((cut) => error.less(cut).cast("float32"))).div(4);
    return kept.mul(counted).sum().div(counted.sum().maximum(1));
  });
}
