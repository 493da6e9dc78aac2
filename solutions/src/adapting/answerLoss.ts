/**
 * The loss of instruction tuning: the model reads the question and is trained on the answer alone
 * (Ouyang et al. 2022, arXiv:2203.02155; in Hugging Face's TRL, assistant_only_loss).
 */
import * as tf from "@tensorflow/tfjs-core";
import { crossEntropy } from "../blocks/crossEntropy";
import { checkValues, expectDtype, expectFloats, expectShape } from "../shared/shapes";

/**
 * The mean of −log p(token t | tokens before t) over all places t ≥ 1 of all texts whose mask is
 * not 0; 0 when none counts. Row t − 1 of the logits scores token t. What doesn't count may be
 * anything, NaN too, and has no gradient.
 * @param logits float32 [B, T, V]
 * @param ids int32 [B, T], from 0 to V − 1 where they count
 * @param mask int32 or float32 [B, T]: 0 at tokens of questions and padding, any other number at
 *   those that count
 * @returns a scalar, in nats per answer token
 * @throws when a shape or dtype doesn't fit
 */
export function answerLoss(logits: tf.Tensor, ids: tf.Tensor, mask: tf.Tensor): tf.Tensor {
  expectFloats("answerLoss", "logits", logits, ["B", "T", "V"]);
  const [B, T, V] = logits.shape as [number, number, number];
  expectShape("answerLoss", "ids", ids, [B, T]);
  expectDtype("answerLoss", "ids", ids, "int32");
  expectShape("answerLoss", "mask", mask, [B, T]);
  expectIdsWhereCounted(ids, mask, V);
  if (T < 2) return tf.scalar(0);
  // yours
  return tf.tidy(() => {
    const guesses = logits.slice([0, 0, 0], [B, T - 1, V]);
    const next = ids.slice([0, 1], [B, T - 1]);
    const counts = mask.slice([0, 1], [B, T - 1]).notEqual(0);
    const targets = tf.where(counts, next, tf.scalar(-1, "int32"));
    return crossEntropy(guesses, targets, { ignore: -1 });
  });
}

// given
function expectIdsWhereCounted(ids: tf.Tensor, mask: tf.Tensor, V: number): void {
  checkValues(ids, (values) =>
    checkValues(mask, (counts) => {
      const T = ids.shape[1]!;
      const outside = values.find((id, i) => i % T > 0 && counts[i] !== 0 && (id < 0 || id >= V));
      if (outside !== undefined) {
        throw new Error(`answerLoss: expected ids from 0 to ${V - 1}, got ${outside}`);
      }
    }),
  );
}
