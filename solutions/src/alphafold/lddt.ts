/**
 * lDDT, the local distance difference test (Mariani et al. 2013,
 * doi:10.1093/bioinformatics/btt473), on Cα atoms as AlphaFold predicts it: what share of the true
 * structure's distances does a prediction keep? No superposition is needed.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectDtype, expectShape } from "../shared/shapes";

/**
 * The mean share of the cutoffs 0.5, 1, 2 and 4 Å that the error of a distance is strictly below.
 * The mean is over all ordered pairs of different residues at most 15 Å apart in the truth, and 0
 * if there are none. There is no useful gradient, because the score only counts.
 * @param predicted float32 [N, 3], in Å
 * @param truth float32 [N, 3], in Å
 * @returns a scalar between 0 and 1
 * @throws when shapes don't fit
 */
export function lddt(predicted: tf.Tensor, truth: tf.Tensor): tf.Tensor {
  expectShape("lddt", "truth", truth, ["N", 3]);
  expectDtype("lddt", "truth", truth, "float32");
  expectShape("lddt", "predicted", predicted, truth.shape);
  expectDtype("lddt", "predicted", predicted, "float32");
  // yours
  return tf.tidy(() => {
    const N = truth.shape[0]!;
    const distances = (x: tf.Tensor) => {
      const apart = x.expandDims(1).sub(x.expandDims(0)); // [N, N, 3]
      return apart.square().sum(-1).sqrt();
    };
    const expected = distances(truth);
    const error = distances(predicted).sub(expected).abs();
    const others = tf.scalar(1).sub(tf.eye(N)); // a residue isn't its own neighbor
    const counted = expected.lessEqual(15).cast("float32").mul(others);
    const kept = tf.addN([0.5, 1, 2, 4].map((cut) => error.less(cut).cast("float32"))).div(4);
    return kept.mul(counted).sum().div(counted.sum().maximum(1));
  });
}
