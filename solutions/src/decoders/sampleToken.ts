/**
 * Draws a token by inverse transform sampling (Devroye 1986, "Non-Uniform Random Variate
 * Generation", chapter III): the probabilities, laid end to end, fill the line from 0 to 1.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectDtype, expectRank } from "../shared/shapes";

/**
 * Returns the first id at which the running sum of the probabilities is above `uniform`. If
 * rounding leaves the whole sum below it, the result is the last id that has any probability.
 * @param probabilities float32 [V], which sum to 1
 * @param uniform a random number, 0 ≤ uniform < 1
 * @returns int32 scalar
 * @throws when uniform is out of range
 */
export function sampleToken(probabilities: tf.Tensor, uniform: number): tf.Tensor {
  expectRank("sampleToken", "probabilities", probabilities, 1);
  expectDtype("sampleToken", "probabilities", probabilities, "float32");
  if (!(uniform >= 0 && uniform < 1)) {
    throw new Error(`sampleToken: expected uniform from 0 to below 1, got ${uniform}`);
  }
  // yours
  return tf.tidy(() => {
    const passed = tf.cumsum(probabilities, 0).lessEqual(uniform); // parts that end before uniform
    const zerosAtEnd = probabilities.reverse(0).greater(0).cast("int32").argMax(0);
    const last = tf.scalar(probabilities.size - 1, "int32").sub(zerosAtEnd.cast("int32"));
    return tf.minimum(passed.cast("int32").sum(), last);
  });
}
