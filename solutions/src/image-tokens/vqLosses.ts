/**
 * What trains a VQ-VAE besides the reconstruction: codes move to the vectors that chose them, and
 * vectors stay near the codes they chose (van den Oord et al. 2017, arXiv:1711.00937, eq. 3, second
 * and third term). The caller applies the weight β of the latter, 0.25 in the paper.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectDtype, expectShape } from "../shared/shapes";
import { stopGradient } from "./stopGradient";

/**
 * codebook = mean((sg(z) − codes)²) and commitment = mean((z − sg(codes))²), over all elements.
 * The numbers are equal, but the first has a gradient for codes only and the second for z only.
 * @param z float32, any shape with at least one element
 * @param codes the shape of z, the code of each vector
 * @returns two scalars
 * @throws when the shapes differ, the tensors are empty, or one of them is not float32
 */
export function vqLosses(
  z: tf.Tensor,
  codes: tf.Tensor,
): { codebook: tf.Tensor; commitment: tf.Tensor } {
  expectDtype("vqLosses", "z", z, "float32");
  expectShape("vqLosses", "codes", codes, z.shape);
  expectDtype("vqLosses", "codes", codes, "float32");
  if (z.size === 0) throw new Error("vqLosses: expected z with at least one element, got none");
  // yours
  return tf.tidy(() => ({
    codebook: stopGradient(z).sub(codes).square().mean(),
    commitment: z.sub(stopGradient(codes)).square().mean(),
  }));
}
