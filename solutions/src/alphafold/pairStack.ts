/**
 * What Evoformer and Pairformer do with pairs (Jumper et al. 2021, doi:10.1038/s41586-021-03819-2,
 * supplement, algorithm 6, lines 6 to 10).
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectPairStack, expectPairs } from "./pairChecks";
import { transition } from "./transition";
import { triangleAttention } from "./triangleAttention";
import { triangleMultiplication } from "./triangleMultiplication";
import type { PairStackParams } from "./pairTypes";

/**
 * Five residuals: triangle multiplication outgoing and incoming, triangle attention from the
 * starting and the ending node, transition.
 * @param z float32 [B, N, N, C]
 * @param options heads of the triangle attention; mask [B, N, N]
 * @returns [B, N, N, C]
 * @throws when a shape does not fit
 */
export function pairStack(
  z: tf.Tensor,
  params: PairStackParams,
  options: { heads: number; mask?: tf.Tensor },
): tf.Tensor {
  const { C } = expectPairs("pairStack", z, options.mask);
  expectPairStack("pairStack", "", params, C, options.heads);
  return tf.tidy(() => {
    let y = z.add(
      triangleMultiplication(z, params.outgoing, { direction: "outgoing", mask: options.mask }),
    );
    y = y.add(
      triangleMultiplication(y, params.incoming, { direction: "incoming", mask: options.mask }),
    );
    y = y.add(triangleAttention(y, params.starting, { ...options, node: "starting" }));
    y = y.add(triangleAttention(y, params.ending, { ...options, node: "ending" }));
    return y.add(transition(y, params.transition));
  });
}
