/**
 * How far a policy has moved from its reference, estimated from samples (Schulman 2020,
 * "Approximating KL Divergence", http://joschu.net/blog/kl-approx.html).
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectFloats } from "../shared/shapes";
import type { KlKind } from "./types";

/**
 * Estimates KL(π‖π_ref) from one sample of π each. With d = log π_ref − log π:
 *   k1 = −d,  k2 = d² / 2,  k3 = exp(d) − 1 − d
 * k3 is accurate to three digits for |d| of a thousandth, too.
 * @param logProbs float32, any shape: log π of what was sampled from π
 * @param refLogProbs float32, the same shape: log π_ref of the same samples
 * @param kind "k3" by default
 * @returns float32 of that shape, an estimate per sample, in nats; their mean estimates the KL
 * @throws when a shape or dtype doesn't fit, or kind is another word
 */
export function klEstimate(
  logProbs: tf.Tensor,
  refLogProbs: tf.Tensor,
  kind: KlKind = "k3",
): tf.Tensor {
  expectFloats("klEstimate", "logProbs", logProbs, logProbs.shape);
  expectFloats("klEstimate", "refLogProbs", refLogProbs, logProbs.shape);
  if (kind !== "k1" && kind !== "k2" && kind !== "k3") {
    const got = JSON.stringify(kind);
    throw new Error(`klEstimate: expected kind to be "k1", "k2" or "k3", got ${got}`);
  }
  // yours
  return tf.tidy(() => {
    const d = refLogProbs.sub(logProbs);
    if (kind === "k1") return d.neg();
    if (kind === "k2") return d.square().div(2);
    return d.expm1().sub(d);
  });
}
