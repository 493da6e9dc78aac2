/**
 * The outer product mean (Jumper et al. 2021, doi:10.1038/s41586-021-03819-2, supplement, algorithm
 * 10): the only path from an alignment to pairs. What two columns do together, averaged over the
 * sequences, becomes a feature of the pair.
 */
import * as tf from "@tensorflow/tfjs-core";
import { layerNorm } from "../shared/layerNormWithGradient";
import { linear } from "../shared/linearWithGradient";
import { expectShape } from "../shared/shapes";
import { expectAlignment, expectOuterProduct } from "./pairChecks";
import type { OuterProductParams } from "./pairTypes";

/**
 * Makes features of pairs from an alignment.
 *   a = m·(norm(msa)·wA + bA),  b = m·(norm(msa)·wB + bB),  with the mask m
 *   z_ij = flatten(Σ_r a_ri ⊗ b_rj)·wOut / (eps + Σ_r m_ri·m_rj) + bOut
 * @param msa float32 [B, R, N, C], R sequences of N residues
 * @param params norm [C], wA [C, cA], wB [C, cB], wOut [cA·cB, Cz], whose row p·cB + q is for
 *   channel p of a and q of b; optional biases bA [cA], bB [cB], bOut [Cz]
 * @param options mask [B, R, N], any dtype, default all 1; eps, default 1e-3
 * @returns [B, N, N, Cz]
 * @throws when a shape doesn't fit
 */
export function outerProductMean(
  msa: tf.Tensor,
  params: OuterProductParams,
  options: { mask?: tf.Tensor; eps?: number } = {},
): tf.Tensor {
  const { B, R, N, C } = expectAlignment("outerProductMean", msa);
  const { norm, wA, bA, wB, bB, wOut, bOut } = params;
  const { mask, eps = 1e-3 } = options;
  expectOuterProduct("outerProductMean", "", params, [C, "Cz"]);
  const cA = wA.shape[1]!;
  const cB = wB.shape[1]!;
  if (mask) expectShape("outerProductMean", "mask", mask, [B, R, N]);
  // yours
  return tf.tidy(() => {
    const n = layerNorm(msa, norm.gamma, norm.beta);
    const present = mask ? mask.cast("float32") : tf.ones([B, R, N]);
    const m = present.expandDims(-1); // [B, R, N, 1]
    const a = linear(n, wA, bA).mul(m);
    const b = linear(n, wB, bB).mul(m);
    const products = a.reshape([B, R, N * cA]).matMul(b.reshape([B, R, N * cB]), true);
    const byPair = products.reshape([B, N, cA, N, cB]).transpose([0, 1, 3, 2, 4]);
    const sum = byPair.reshape([B, N, N, cA * cB]);
    const count = present.matMul(present, true).expandDims(-1); // [B, N, N, 1]
    const z = linear(sum, wOut).div(count.add(eps));
    return bOut ? z.add(bOut) : z;
  });
}
