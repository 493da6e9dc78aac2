/**
 * One round of iterative decoding: fill the masked places that the model is most certain of (Chang
 * et al. 2022, arXiv:2202.04200, §3.2; without their noise). ESM3 generates its tracks in such
 * rounds.
 */
import * as tf from "@tensorflow/tfjs-core";
import { softmax } from "../orientation/softmax";
import { expectFill } from "../shared/frameChecks";

/**
 * Fills the `count` most certain masked places with their most probable id, or all of them if fewer
 * are masked. Certainty is the largest probability at a place; on ties, earlier places win. All
 * other places stay as they are.
 * @param ids int32 [N], maskId where something is missing
 * @param logits [N, V]
 * @param options maskId, not one of the V ids; count, a whole number of at least 0
 * @returns int32 [N]
 * @throws when shapes or options don't fit
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
    const earlier = places.less(places.expandDims(1)); // [N, N]: rows ask, columns are compared
    const winsTie = certainty.equal(mine).logicalAnd(earlier);
    const ahead = certainty.greater(mine).logicalOr(winsTie);
    const rank = ahead.cast("int32").sum(1); // [N], from 0
    const chosen = rank.less(count).logicalAnd(masked);
    return tf.where(chosen, logits.argMax(-1).cast("int32"), ids);
  });
}
