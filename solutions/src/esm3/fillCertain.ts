/**
 * One round of iterative decoding: of the masked places, those of which the model is most certain
 * are filled (Chang et al. 2022, arXiv:2202.04200, §3.2; without their noise). ESM3 generates its
 * tracks in such rounds.
 */
import * as tf from "@tensorflow/tfjs-core";
import { softmax } from "../orientation/softmax";
import { expectFill } from "../shared/frameChecks";

/**
 * Certainty is the largest probability of a place. The `count` most certain masked places get their
 * likeliest id, of equals the earlier ones; all of them when fewer are masked. Other places stay as
 * they are.
 * @param ids int32 [N], maskId where something is missing
 * @param logits [N, V]
 * @param options maskId, which is no id of the V; count, a whole number of at least 0
 * @returns int32 [N]
 * @throws when shapes or options do not fit
 */
export function fillCertain(
  ids: tf.Tensor,
  logits: tf.Tensor,
  options: { maskId: number; count: number },
): tf.Tensor {
  const { maskId, count } = options;
  const N = expectFill("fillCertain", ids, logits, options);
  // yours
  return tf.tidy(() => {
    const masked = ids.equal(maskId);
    const places = tf.range(0, N);
    const certainty = tf.where(masked, softmax(logits).max(-1), -1);
    const mine = certainty.expandDims(1);
    const earlier = places.less(places.expandDims(1)); // rows ask, columns are compared: [N, N]
    const ahead = certainty.greater(mine).logicalOr(certainty.equal(mine).logicalAnd(earlier));
    const chosen = ahead.cast("int32").sum(1).less(count).logicalAnd(masked);
    return tf.where(chosen, logits.argMax(-1).cast("int32"), ids);
  });
}
