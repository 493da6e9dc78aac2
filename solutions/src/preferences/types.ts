import type * as tf from "@tensorflow/tfjs-core";

/** What a model gives the two answers of each of P pairs: log p of the whole answer, in nats. */
export interface PairLogProbs {
  /** float32 [P], of the answer that was preferred */
  chosen: tf.Tensor;
  /** float32 [P], of the other one */
  rejected: tf.Tensor;
}

/** One of Schulman's estimates of a Kullback–Leibler divergence. */
export type KlKind = "k1" | "k2" | "k3";
