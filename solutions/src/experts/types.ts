/** Experts and where tokens go, as plain data. */
import type { Tensor } from "@tensorflow/tfjs-core";

/** w1 [E, C, F], b1 [E, F], w2 [E, F, C], b2 [E, C]: E feed-forward networks of one size. */
export interface ExpertParams {
  w1: Tensor;
  b1: Tensor;
  w2: Tensor;
  b2: Tensor;
}

/**
 * gates [N, E], the weight of each expert for each token, 0 where it doesn't work on it; chosen
 * [N, E], ones where a token chose an expert, dropped or not. A type, since tf.tidy doesn't take an
 * interface.
 */
export type RouteOutput = { gates: Tensor; chosen: Tensor };
