/**
 * A draw from a categorical distribution that has a gradient (Jang, Gu & Poole 2016,
 * arXiv:1611.01144; Maddison, Mnih & Teh 2016, arXiv:1611.00712). DALL·E's dVAE learns its image
 * tokens with it (Ramesh et al. 2021, arXiv:2102.12092, §2.1).
 *
 * The index of the largest of logits plus Gumbel noise is such a draw; a softmax in place of "the
 * largest" makes it soft. The noise is an argument.
 */
import * as tf from "@tensorflow/tfjs-core";
import { oneHot } from "../orientation/oneHot";
import { softmax } from "../orientation/softmax";
import { expectDtype, expectShape, lastAxis } from "../shared/shapes";

/**
 * softmax((logits + noise) / temperature), over the last axis.
 * @param logits float32 [..., K]
 * @param noise float32, the shape of logits, from Gumbel(0, 1): −log(−log(u)) with u uniform in
 *   (0, 1)
 * @param temperature above 0; near 0 the result is almost one-hot, far above 1 almost even
 * @param options.hard forward the one-hot row of the largest entry, backward the gradient of the
 *   soft row; false unless given
 * @returns [..., K], rows that add up to one
 * @throws when shapes differ, rows of logits have no entries, or the temperature is not a positive
 *   number
 */
export function gumbelSoftmax(
  logits: tf.Tensor,
  noise: tf.Tensor,
  temperature: number,
  options: { hard?: boolean } = {},
): tf.Tensor {
  const K = lastAxis("gumbelSoftmax", "logits", logits);
  expectDtype("gumbelSoftmax", "logits", logits, "float32");
  expectShape("gumbelSoftmax", "noise", noise, logits.shape);
  expectDtype("gumbelSoftmax", "noise", noise, "float32");
  if (!(temperature > 0 && Number.isFinite(temperature))) {
    throw new Error(
      `gumbelSoftmax: expected temperature to be a positive number, got ${temperature}`,
    );
  }
  if (K === 0) {
    throw new Error("gumbelSoftmax: expected logits with at least one entry in a row, got none");
  }
  // yours
  return tf.tidy(() => {
    const scores = logits.add(noise);
    const soft = softmax(scores.div(temperature));
    if (!options.hard) return soft;
    const choose = tf.customGrad((_soft) => ({
      value: oneHot(scores.argMax(-1), K),
      gradFunc: (dy: tf.Tensor) => dy,
    }));
    return choose(soft);
  });
}
