/**
 * The first weights of a Transformer block: scales that keep a signal's size through a matrix
 * (LeCun et al. 1998, Efficient BackProp, §4.6) and a residual stream's size through depth (Radford
 * et al. 2019, GPT-2, §2.3: the weights of residual layers shrink with the root of their number).
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectCount, shapeText } from "../shared/shapes";

// given
const STREAM_WRITERS = ["wo", "w2", "down"]; // the matrices whose product is added to the stream

/**
 * The first weights of one block of a model.
 *   noise / √in             a matrix [in, out]
 *   noise / √(2·layers·in)  a matrix that writes into the residual stream: wo, w2 or down
 *   0                       a vector, whatever the noise
 *   1                       a vector that is named gamma
 * A block writes into the stream twice, after attention and after the feed-forward layer, so a
 * model writes 2·layers times.
 * @param noise standard normal numbers in the shape of each weight, by the weight's name
 * @param layers how many blocks the model has
 * @returns new tensors by the same names, in the same shapes
 * @throws when a tensor's rank isn't 1 or 2, or layers isn't a whole number of at least 1
 */
export function initWeights(
  noise: Record<string, tf.Tensor>,
  layers: number,
): Record<string, tf.Tensor> {
  expectCount("initWeights", "layers", layers);
  for (const [name, { rank, shape }] of Object.entries(noise)) {
    if (rank !== 1 && rank !== 2) {
      throw new Error(`initWeights: expected ${name} of rank 1 or 2, got ${shapeText(shape)}`);
    }
  }
  // yours
  const first = (name: string, t: tf.Tensor): tf.Tensor => {
    if (t.rank === 1) return name === "gamma" ? tf.onesLike(t) : tf.zerosLike(t);
    const writes = STREAM_WRITERS.includes(name) ? 2 * layers : 1;
    return t.div(Math.sqrt(writes * t.shape[0]!));
  };
  return Object.fromEntries(Object.entries(noise).map(([name, t]) => [name, first(name, t)]));
}
