/**
 * Where a mixture of experts sends its tokens (Shazeer et al. 2017, arXiv:1701.06538; capacity as
 * in GShard, Lepikhin et al. 2020, arXiv:2006.16668, algorithm 1, and Switch, Fedus et al. 2021,
 * arXiv:2101.03961, §2.2). The bias of the choice is from Wang et al. 2024 (arXiv:2408.15664).
 * Gates aren't scaled to sum to 1, as in Switch, so that a single gate still has a gradient.
 */
import * as tf from "@tensorflow/tfjs-core";
import { asConstant } from "../inside/asConstant";
import { expectCount, expectFloats } from "../shared/shapes";
import type { RouteOutput } from "./types";

/**
 * Each token chooses the k experts with the largest p + bias, where p = softmax(logits); ties go
 * to the lower index. Its gate for them is p, without the bias. Where more than `capacity` tokens
 * chose an expert, first choices go before second ones and so on, and among equals earlier tokens
 * go first; the others are dropped: their gate is 0, though `chosen` counts them.
 * Gradients flow through p; choice and capacity count as constants.
 * @param logits [N, E], one row per token
 * @param k experts per token, from 1 to E
 * @param options capacity: most tokens of one expert, a whole number from 0 on, no limit unless
 *   given; bias [E], zeros unless given
 * @returns gates [N, E] and chosen [N, E], zeros and ones
 * @throws when a shape or dtype doesn't fit, or k or capacity is out of range
 */
export function route(
  logits: tf.Tensor,
  k: number,
  options: { capacity?: number; bias?: tf.Tensor } = {},
): RouteOutput {
  expectFloats("route", "logits", logits, ["N", "E"]);
  const [N, E] = logits.shape as [number, number];
  expectCount("route", "k", k);
  if (k > E) throw new Error(`route: expected k from 1 to ${E}, got ${k}`);
  const { capacity = N, bias } = options;
  expectCount("route", "capacity", capacity, 0);
  if (bias) expectFloats("route", "bias", bias, [E]);
  // yours
  return tf.tidy(() => {
    const p = tf.softmax(logits);
    const choose = (p: tf.Tensor) => {
      const { indices } = tf.topk(bias ? p.add(bias) : p, k); // [N, k]
      const isExpert = indices
        .transpose()
        .expandDims(2)
        .equal(tf.range(0, E, 1, "int32"));
      const choices = isExpert.toFloat(); // [k, N, E]
      const inLine = choices.reshape([k * N, E]).cumsum(0); // 1 for the first to come
      const fits = inLine.lessEqual(capacity).toFloat().reshape([k, N, E]);
      return tf.stack([choices.sum(0), choices.mul(fits).sum(0)]);
    };
    const [chosen, isKept] = tf.unstack(asConstant(p, choose)) as [tf.Tensor, tf.Tensor];
    return { gates: p.mul(isKept), chosen };
  });
}
