/**
 * The questions of a pseudo-likelihood (Salazar et al. 2019, arXiv:1910.14659, §2): a masked model
 * doesn't give the probability of a whole text, so each token is hidden once and guessed from all
 * the others.
 */
import * as tf from "@tensorflow/tfjs-core";
import { checkValues, expectDtype, expectRank } from "../shared/shapes";

/**
 * Makes one question for each place: the text with that token hidden, and the token as the answer.
 *   inputs[p] = ids with maskId at places[p],  answers[p] = ids[places[p]]
 * With log p of each answer at its place, the pseudo-perplexity is exp(−mean log p).
 * @param ids int32 [T], one text
 * @param places int32 [P], each from 0 to T − 1
 * @param maskId the id of the mask
 * @returns inputs int32 [P, T] and answers int32 [P]
 * @throws when a rank or dtype doesn't fit, or a place is outside the text
 */
export function maskEach(
  ids: tf.Tensor,
  places: tf.Tensor,
  maskId: number,
): { inputs: tf.Tensor; answers: tf.Tensor } {
  expectRank("maskEach", "ids", ids, 1);
  expectDtype("maskEach", "ids", ids, "int32");
  expectRank("maskEach", "places", places, 1);
  expectDtype("maskEach", "places", places, "int32");
  const T = ids.shape[0]!;
  checkValues(places, (values) => {
    const outside = values.find((t: number) => t < 0 || t >= T);
    if (outside !== undefined) {
      throw new Error(`maskEach: expected places from 0 to ${T - 1}, got ${outside}`);
    }
  });
  // yours
  return tf.tidy(() => {
    const here = tf.range(0, T, 1, "int32").equal(places.expandDims(1)); // [P, T]
    const inputs = tf.where(here, tf.scalar(maskId, "int32"), ids);
    return { inputs, answers: tf.gather(ids, places) };
  });
}
