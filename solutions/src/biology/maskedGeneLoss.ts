/**
 * What a model of cells is trained by: guess the values of hidden genes, as in scGPT (Cui et al.
 * 2024, doi:10.1038/s41592-024-02201-0), which counts squared errors at hidden genes alone.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectFloats, expectShape } from "../shared/shapes";

/**
 * The weighted mean of squared errors over all hidden genes of all cells together,
 *   Σ w (predicted − value)² / Σ w,  w = 1, or zeroWeight where the value is 0
 * Genes that aren't hidden count for nothing, even where the prediction isn't finite.
 * @param predicted float32 [B, G]
 * @param values float32 [B, G], of each cell the true value of each gene
 * @param mask [B, G], any dtype: 1 where the gene is hidden, else 0
 * @param zeroWeight from 0 on, default 1
 * @returns a scalar; 0 if nothing counts. Gradients flow to predicted.
 * @throws when a shape doesn't fit, or zeroWeight is negative or not finite
 */
export function maskedGeneLoss(
  predicted: tf.Tensor,
  values: tf.Tensor,
  mask: tf.Tensor,
  zeroWeight = 1,
): tf.Tensor {
  expectFloats("maskedGeneLoss", "predicted", predicted, ["B", "G"]);
  expectFloats("maskedGeneLoss", "values", values, predicted.shape);
  expectShape("maskedGeneLoss", "mask", mask, predicted.shape);
  if (!(zeroWeight >= 0 && zeroWeight < Infinity)) {
    throw new Error(`maskedGeneLoss: expected zeroWeight from 0 on, got ${zeroWeight}`);
  }
  // yours
  return tf.tidy(() => {
    const isHidden = mask.toBool();
    const error = tf.where(isHidden, predicted, values).sub(values); // 0 where nothing is hidden
    const ones = tf.onesLike(values);
    const weights = tf.where(values.equal(0), ones.mul(zeroWeight), ones).mul(isHidden.toFloat());
    const total = weights.sum();
    const mean = error
      .square()
      .mul(weights)
      .sum()
      .div(tf.where(total.equal(0), 1, total));
    return mean;
  });
}
