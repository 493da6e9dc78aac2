/**
 * What size and data can buy: the parametric loss of Hoffmann et al. 2022 ("Chinchilla",
 * arXiv:2203.15556, §3.3).
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectDtype, shapeText } from "../shared/shapes";

/** The five numbers of a fit; those of Hoffmann et al. are CHINCHILLA. */
export interface ScalingFit {
  e: number;
  a: number;
  alpha: number;
  b: number;
  beta: number;
}

/** The fit of Hoffmann et al. 2022, appendix D. */
// given
export const CHINCHILLA: ScalingFit = { e: 1.69, a: 406.4, alpha: 0.34, b: 410.7, beta: 0.28 };

/**
 * The loss of a model with N weights after D tokens of training.
 *   L(N, D) = e + a / N^alpha + b / D^beta
 * e is what no model can know, the second term what N weights are too few for, and the third what D
 * tokens didn't show.
 * @param parameters [...], log10 of N
 * @param tokens [...], log10 of D, the same shape
 * @param fit default CHINCHILLA
 * @returns [...], nats per token
 * @throws when the two have different shapes or aren't float32
 */
export function scalingLoss(
  parameters: tf.Tensor,
  tokens: tf.Tensor,
  fit: ScalingFit = CHINCHILLA,
): tf.Tensor {
  expectDtype("scalingLoss", "parameters", parameters, "float32");
  expectDtype("scalingLoss", "tokens", tokens, "float32");
  if (shapeText(parameters.shape) !== shapeText(tokens.shape)) {
    const [expected, got] = [shapeText(parameters.shape), shapeText(tokens.shape)];
    throw new Error(`scalingLoss: expected tokens ${expected}, like parameters, got ${got}`);
  }
  // yours
  return tf.tidy(() => {
    const { e, a, alpha, b, beta } = fit;
    // 1 / 10^(exponent·log10)
    const power = (log10: tf.Tensor, exponent: number) => log10.mul(-exponent * Math.LN10).exp();
    const tooSmall = power(parameters, alpha).mul(a);
    const tooShort = power(tokens, beta).mul(b);
    return tooSmall.add(tooShort).add(e);
  });
}
