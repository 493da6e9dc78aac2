/**
 * What Evoformer and Pairformer do to pairs (Jumper et al. 2021, doi:10.1038/s41586-021-03819-2,
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
  const { heads, mask } = options;
  const { C } = expectPairs("pairStack", z, mask);
  expectPairStack("pairStack", "", params, C, heads);
  return tf.tidy(() => {
    const { outgoing, incoming, starting, ending } = params;
    let y = z.add(triangleMultiplication(z, outgoing, { direction: "outgoing", mask }));
    y = y.add(triangleMultiplication(y, incoming, { direction: "incoming", mask }));
    y = y.add(triangleAttention(y, starting, { heads, mask, node: "starting" }));
    y = y.add(triangleAttention(y, ending, { heads, mask, node: "ending" }));
    return y.add(transition(y, params.transition));
  });
}
