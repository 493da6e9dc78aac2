/**
 * The triangle multiplicative update (Jumper et al. 2021, doi:10.1038/s41586-021-03819-2,
 * supplement, algorithms 11 and 12): the pair ij is updated from the two other edges of every
 * triangle that it is part of.
 */
import * as tf from "@tensorflow/tfjs-core";
import { layerNorm } from "../shared/layerNormWithGradient";
import { linear } from "../shared/linearWithGradient";
import { expectShape } from "../shared/shapes";
import { expectGatedPair, expectPair } from "./pairChecks";
import type { GatedPairParams } from "./pairTypes";

/**
 * Updates pairs, with n = normIn(z).
 *   a = mask·(σ(n·gA) ∘ n·wA),  b = mask·(σ(n·gB) ∘ n·wB)
 *   outgoing  x_ij = Σ_k a_ik ∘ b_jk
 *   incoming  x_ij = Σ_k a_ki ∘ b_kj
 *   result    σ(n·gOut) ∘ normOut(x)·wOut
 * There is no residual inside.
 * @param z float32 [B, N, N, C]
 * @param params wA, gA, wB, gB [C, Ch], normIn [C], normOut [Ch], wOut [Ch, C], gOut [C, C];
 *   optional biases under the same names
 * @param options direction; mask [B, N, N], any dtype, 0 for pairs that take no part
 * @returns [B, N, N, C]
 * @throws when direction is a different word or a shape doesn't fit
 */
export function triangleMultiplication(
  z: tf.Tensor,
  params: GatedPairParams,
  options: { direction: "outgoing" | "incoming"; mask?: tf.Tensor },
): tf.Tensor {
  const { B, N, C } = expectPair("triangleMultiplication", z);
  const { direction, mask } = options;
  if (direction !== "outgoing" && direction !== "incoming") {
    throw new Error(
      `triangleMultiplication: expected direction to be "outgoing" or "incoming", ` +
        `got ${JSON.stringify(direction)}`,
    );
  }
  expectGatedPair("triangleMultiplication", "", params, C);
  const { normIn, wA, gA, wB, gB, normOut, wOut, gOut, bias } = params;
  if (mask) expectShape("triangleMultiplication", "mask", mask, [B, N, N]);
  // yours
  return tf.tidy(() => {
    const n = layerNorm(z, normIn.gamma, normIn.beta);
    const edges = (w: tf.Tensor, g: tf.Tensor, bw?: tf.Tensor, bg?: tf.Tensor) => {
      const gate = linear(n, g, bg).sigmoid();
      const gated = gate.mul(linear(n, w, bw)); // [B, N, N, Ch]
      const kept = mask ? gated.mul(mask.cast("float32").expandDims(-1)) : gated;
      return kept.transpose([0, 3, 1, 2]); // [B, Ch, N, N]
    };
    const a = edges(wA, gA, bias?.wA, bias?.gA);
    const b = edges(wB, gB, bias?.wB, bias?.gB);
    const x = direction === "outgoing" ? a.matMul(b, false, true) : a.matMul(b, true, false);
    const byPair = x.transpose([0, 2, 3, 1]); // [B, Ch, N, N] → [B, N, N, Ch]
    const third = layerNorm(byPair, normOut.gamma, normOut.beta);
    const gate = linear(n, gOut, bias?.gOut).sigmoid();
    return gate.mul(linear(third, wOut, bias?.wOut));
  });
}
