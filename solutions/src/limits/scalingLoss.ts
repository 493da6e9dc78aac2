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
 * L(N, D) = e + a / N^alpha + b / D^beta, in nats a token: what no model can know, what a model of
 * N weights is too small for, and what D tokens of training did not show it.
 * @param parameters [...], log10 of N
 * @param tokens [...], log10 of D, the same shape
 * @param fit CHINCHILLA unless given
 * @returns [...]
 * @throws when the two have different shapes or are not float32
 */
export function scalingLoss(
  parameters: tf.Tensor,
  tokens: tf.Tensor,
  fit: ScalingFit = CHINCHILLA,
): tf.Tensor {
  expectDtype("scalingLoss", "parameters", parameters, "float32");
  expectDtype("scalingLoss", "tokens", tokens, "float32");
  if (shapeText(parameters.shape) !== shapeText(tokens.shape)) {
    throw new Error(
      `scalingLoss: expected tokens ${shapeText(parameters.shape)}, as parameters, got ` +
        `${shapeText(tokens.shape)}`,
    );
  }
  // yours
  return tf.tidy(() => {
    // 10^(−exponent·log10)
    const power = (log10: tf.Tensor, exponent: number) => log10.mul(-exponent * Math.LN10).exp();
    return power(parameters, fit.alpha)
      .mul(fit.a)
      .add(power(tokens, fit.beta).mul(fit.b))
      .add(fit.e);
  });
}
