/**
 * What a denoiser is trained on: the error of its guess, weighted by noise level. "edm" is Karras et
 * al. 2022 (arXiv:2206.00364, equation 8 and table 1); "noise" is the simple loss of DDPM, the error
 * of the noise that the guess implies (Ho et al. 2020, arXiv:2006.11239, equation 14).
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectLike, expectNoisy, expectPositive } from "./checks";
import { perRow } from "./perRow";
import type { Denoiser } from "./types";

/**
 * Adds noise to x, denoises it, and returns one number: for each row the mean over its numbers of
 * (guess − x)² · w(σ), then the mean over the rows. With d = sigmaData,
 *   edm     w = (σ² + d²)/(σ·d)²
 *   noise   w = 1/σ²
 *   none    w = 1
 * The gradient flows through the guess, and to x and noise.
 * @param denoise takes x + σ·noise and sigma [B]; returns a tensor like x
 * @param x [B, …], float32
 * @param noise like x, standard normal
 * @param sigma [B], float32, above 0
 * @param options sigmaData above 0, default 0.5; weighting, default "edm"
 * @returns a scalar
 * @throws when noise, sigma or the guess doesn't fit x, one of sigma's numbers or sigmaData isn't
 *   above 0, or weighting is another word
 */
export function denoiseLoss(
  denoise: Denoiser,
  x: tf.Tensor,
  noise: tf.Tensor,
  sigma: tf.Tensor,
  options: { sigmaData?: number; weighting?: "edm" | "noise" | "none" } = {},
): tf.Scalar {
  const { sigmaData = 0.5, weighting = "edm" } = options;
  expectNoisy("denoiseLoss", "x", x, ["sigma", sigma]);
  expectLike("denoiseLoss", "noise", noise, x);
  expectPositive("denoiseLoss", "sigmaData", sigmaData);
  if (weighting !== "edm" && weighting !== "noise" && weighting !== "none") {
    const got = JSON.stringify(weighting);
    throw new Error(`denoiseLoss: expected weighting to be "edm", "noise" or "none", got ${got}`);
  }
  // yours
  return tf.tidy(() => {
    const s = perRow(sigma, x);
    const guess = denoise(x.add(noise.mul(s)), sigma);
    expectLike("denoiseLoss", "the guess", guess, x);
    const errors = guess.sub(x).square();
    if (weighting === "none") return errors.mean();
    const inverse = s.square().reciprocal(); // edm: (σ² + d²)/(σ·d)² = 1/d² + 1/σ²
    const weights = weighting === "edm" ? inverse.add(1 / sigmaData ** 2) : inverse;
    return errors.mul(weights).mean();
  });
}
