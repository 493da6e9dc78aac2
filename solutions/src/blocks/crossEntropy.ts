/**
 * Cross-entropy of the right class, from logits, with label smoothing (Szegedy et al. 2015,
 * arXiv:1512.00567, section 7) and targets that don't count. Logarithm and exponential are taken
 * together, so that no probability is rounded to zero before its logarithm.
 */
import * as tf from "@tensorflow/tfjs-core";
import { checkValues, expectDtype, expectShape, lastAxis } from "../shared/shapes";

/**
 * The mean over all targets that count of −Σ_c q(c)·log softmax(logits)(c), where q is
 * (1 − smoothing) on the target plus smoothing / V on each class; 0 when no target counts.
 * @param logits float32 [..., V], finite or −∞
 * @param targets int32 [...], each from 0 to V − 1 or `ignore`
 * @param options.ignore the target id that doesn't count, none by default
 * @param options.smoothing ε from 0 (the default) to 1
 * @returns a scalar, in nats
 * @throws when shapes or dtypes do not fit, a target is out of range, or smoothing is not between 0
 *   and 1
 */
export function crossEntropy(
  logits: tf.Tensor,
  targets: tf.Tensor,
  options: { ignore?: number; smoothing?: number } = {},
): tf.Tensor {
  const { ignore, smoothing = 0 } = options;
  const V = lastAxis("crossEntropy", "logits", logits);
  expectDtype("crossEntropy", "logits", logits, "float32");
  expectDtype("crossEntropy", "targets", targets, "int32");
  expectShape("crossEntropy", "targets", targets, logits.shape.slice(0, -1));
  if (!(smoothing >= 0 && smoothing <= 1)) {
    throw new Error(`crossEntropy: expected smoothing between 0 and 1, got ${smoothing}`);
  }
  checkValues(targets, (values) => {
    const outside = values.find((id) => id !== ignore && (id < 0 || id >= V));
    if (outside !== undefined) {
      const allowed = ignore === undefined ? `${V - 1}` : `${V - 1} or ${ignore}`;
      throw new Error(`crossEntropy: expected targets from 0 to ${allowed}, got ${outside}`);
    }
  });
  if (targets.size === 0) return tf.scalar(0);
  // yours
  return tf.tidy(() => {
    const target = targets.expandDims(-1); // [..., 1]
    const counts =
      ignore === undefined
        ? tf.onesLike(target).cast("bool")
        : target.notEqual(tf.scalar(ignore, "int32"));
    // what doesn't count has no gradient either, not even NaN
    const scores = tf.where(counts, logits, 0);
    const shifted = scores.sub(scores.max(-1, true));
    const logSum = shifted.exp().sum(-1, true).log();
    const isTarget = target.equal(tf.range(0, V, 1, "int32")); // [..., V]
    // where, not a product: 0 · −∞ is NaN
    let loss: tf.Tensor = logSum.sub(tf.where(isTarget, shifted, 0).sum(-1, true));
    if (smoothing > 0) {
      const spread = logSum.sub(shifted.mean(-1, true)); // the loss of a target on all classes
      loss = loss.mul(1 - smoothing).add(spread.mul(smoothing));
    }
    const total = tf.where(counts, loss, 0).sum();
    const counted = counts.cast("float32").sum().maximum(1);
    return total.div(counted);
  });
}
