/**
 * Triangle self-attention (Jumper et al. 2021, doi:10.1038/s41586-021-03819-2, supplement,
 * algorithms 13 and 14): edges that share a node attend to each other, and the third edge of the
 * triangle says how much.
 */
import * as tf from "@tensorflow/tfjs-core";
import { layerNorm } from "../shared/layerNormWithGradient";
import { linear } from "../shared/linearWithGradient";
import { expectShape } from "../shared/shapes";
import { gatedAttention } from "./gatedAttention";
import { expectBias, expectGatedAttention, expectPair } from "./pairChecks";
import type { GatedAttentionParams } from "./pairTypes";

/**
 * gatedAttention along the edges that share a node, with n = norm(z).
 *   starting  edge ij reads the edges ik with the bias n_jk·wBias
 *   ending    edge ij reads the edges kj with the bias n_ki·wBias
 * There is no residual inside.
 * @param z float32 [B, N, N, C]
 * @param params norm [C], wq, wk, wv, wGate [C, H·D], wBias [C, H], required, wo [H·D, C]
 * @param options heads H; node; mask [B, N, N], any dtype, 0 for edges that no one may read
 * @returns [B, N, N, C]
 * @throws when node is a different word, wBias is missing or a shape doesn't fit
 */
export function triangleAttention(
  z: tf.Tensor,
  params: GatedAttentionParams,
  options: { heads: number; node: "starting" | "ending"; mask?: tf.Tensor },
): tf.Tensor {
  const { B, N, C } = expectPair("triangleAttention", z);
  const { heads, node, mask } = options;
  if (node !== "starting" && node !== "ending") {
    const got = JSON.stringify(node);
    throw new Error(`triangleAttention: expected node to be "starting" or "ending", got ${got}`);
  }
  expectGatedAttention("triangleAttention", C, params, heads);
  const wBias = expectBias("triangleAttention", params.wBias, C, heads);
  if (mask) expectShape("triangleAttention", "mask", mask, [B, N, N]);
  // yours
  return tf.tidy(() => {
    const turned = (x: tf.Tensor) => {
      if (node === "starting") return x;
      return x.transpose(x.shape.length === 4 ? [0, 2, 1, 3] : [0, 2, 1]);
    };
    const n = layerNorm(turned(z), params.norm.gamma, params.norm.beta);
    const bias = linear(n, wBias).transpose([0, 3, 1, 2]); // [B, N, N, H] → [B, H, N, N]
    return turned(gatedAttention(n, params, { heads, bias, mask: mask && turned(mask) }));
  });
}
