/**
 * The outer product mean (Jumper et al. 2021, doi:10.1038/s41586-021-03819-2, supplement, algorithm
 * 10): the one way from an alignment to pairs. What two columns do together, averaged over the
 * sequences, becomes a feature of the pair.
 */
import * as tf from "@tensorflow/tfjs-core";
import { layerNorm } from "../shared/layerNormWithGradient";
import { linear } from "../shared/linearWithGradient";
import { expectShape } from "../shared/shapes";
import { expectAlignment, expectOuterProduct } from "./pairChecks";
import type { OuterProductParams } from "./pairTypes";

/**
 * With a = norm(msa)·wA + bA and b = norm(msa)·wB + bB, both times the mask m:
 *   z_ij = flatten(Σ_r a_ri ⊗ b_rj)·wOut / (eps + Σ_r m_ri·m_rj) + bOut
 * @param msa float32 [B, R, N, C], R sequences of N residues
 * @param params norm [C], wA [C, cA], wB [C, cB], wOut [cA·cB, Cz], whose row p·cB + q is for
 *   channel p of a and q of b, bOut [Cz]
 * @param options mask [B, R, N], any dtype; eps 1e-3, also without a mask
 * @returns [B, N, N, Cz]
 * @throws when a shape does not fit
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
    const a = linear(n, wA, bA)
      .mul(present.expandDims(-1))
      .reshape([B, R, N * cA]);
    const b = linear(n, wB, bB)
      .mul(present.expandDims(-1))
      .reshape([B, R, N * cB]);
    const sum = a
      .matMul(b, true)
      .reshape([B, N, cA, N, cB])
      .transpose([0, 1, 3, 2, 4])
      .reshape([B, N, N, cA * cB]);
    const count = present.matMul(present, true).expandDims(-1); // [B, N, N, 1]
    const z = linear(sum, wOut).div(count.add(eps));
    return bOut ? z.add(bOut) : z;
  });
}
