/**
 * The layer of a mixture of experts: E feed-forward networks, of which each token uses a few
 * (Shazeer et al. 2017, arXiv:1701.06538, eq. 1; Switch, Fedus et al. 2021, arXiv:2101.03961, eq. 2).
 */
import * as tf from "@tensorflow/tfjs-core";
import { geluTanh } from "../shared/geluTanhWithGradient";
import { linear } from "../shared/linearWithGradient";
import { expectExperts, expectExpertTokens } from "./checks";
import type { ExpertParams } from "./types";

/**
 * Sums what a token's experts answer, each times its gate:
 *   y_n = Σ_e gates[n, e]·FFN_e(x_n) over the experts that have n among their tokens,
 *   FFN_e(x) = geluTanh(x·w1_e + b1_e)·w2_e + b2_e
 * Each expert computes its own tokens and no others. A token that no expert has gets zeros.
 * @param x [N, C]
 * @param gates [N, E]
 * @param params w1 [E, C, F], b1 [E, F], w2 [E, F, C], b2 [E, C]
 * @param tokens for each expert the tokens that it works on, as tokensOf(gates) gives them
 * @returns [N, C]
 * @throws when a shape or dtype doesn't fit, or tokens aren't E lists of numbers below N
 */
export function mixExperts(
  x: tf.Tensor,
  gates: tf.Tensor,
  params: ExpertParams,
  tokens: number[][],
): tf.Tensor {
  expectExperts("mixExperts", x, gates, params);
  const [N, C] = x.shape as [number, number];
  expectExpertTokens("mixExperts", tokens, gates.shape[1]!, N);
  // yours
  return tf.tidy(() => {
    const ids = tokens.flat();
    if (ids.length === 0) return tf.zeros([N, C]);
    const { w1, b1, w2, b2 } = params;
    const answers = tokens.flatMap((own, e) => {
      if (own.length === 0) return [];
      const of = (w: tf.Tensor) => w.slice([e], [1]).squeeze([0]);
      const rows = tf.tensor1d(own, "int32");
      const gate = tf.gather(gates, rows).slice([0, e], [-1, 1]); // [n, 1]
      const hidden = geluTanh(linear(tf.gather(x, rows), of(w1), of(b1))); // [n, F]
      return [linear(hidden, of(w2), of(b2)).mul(gate)];
    });
    return tf.unsortedSegmentSum(tf.concat(answers), tf.tensor1d(ids, "int32"), N);
  });
}
