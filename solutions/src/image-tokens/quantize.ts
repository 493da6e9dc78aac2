/**
 * Vector quantization: each vector is replaced by the nearest of K learned ones, its code (van den
 * Oord et al. 2017, arXiv:1711.00937, eq. 1 and 2). The id of the code is the token.
 */
import * as tf from "@tensorflow/tfjs-core";
import { pairwiseDistances } from "../orientation/pairwiseDistances";
import { expectDtype, expectShape, lastAxis, shapeText } from "../shared/shapes";
import { lookUpCodes } from "./lookUpCodes";

/**
 * ids = argmin over k of ‖z − e_k‖², where ties go to the lowest id; codes = e_ids.
 * The choice has no slope: codes are differentiable by the codebook only, and straightThrough lets
 * a gradient reach z.
 * @param z float32 [..., D]
 * @param codebook float32 [K, D], K at least 1
 * @returns ids int32 [...] and codes [..., D]
 * @throws when z or the codebook is not float32, or their widths differ
 */
export function quantize(z: tf.Tensor, codebook: tf.Tensor): { ids: tf.Tensor; codes: tf.Tensor } {
  const D = lastAxis("quantize", "z", z);
  const rest = z.shape.slice(0, -1);
  expectDtype("quantize", "z", z, "float32");
  expectShape("quantize", "codebook", codebook, ["K", D]);
  expectDtype("quantize", "codebook", codebook, "float32");
  if (codebook.shape[0] === 0) {
    throw new Error(
      `quantize: expected codebook with at least one code, got ${shapeText(codebook.shape)}`,
    );
  }
  if (tf.util.sizeFromShape(rest) === 0) {
    return { ids: tf.zeros(rest, "int32"), codes: tf.zeros(z.shape) };
  }
  // yours
  return tf.tidy(() => {
    const rows = z.reshape([-1, D]); // [N, D]
    const ids = pairwiseDistances(rows, codebook).argMin(-1).reshape(rest); // [N, K] → [N] → [...]
    return { ids, codes: lookUpCodes(codebook, ids) };
  });
}
