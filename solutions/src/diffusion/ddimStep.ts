/**
 * One step from noise towards data, given a guess of the data: DDIM (Song, Meng & Ermon 2020,
 * arXiv:2010.02502, equations 12 and 16), written for z = x + σ·noise, to which any other path comes
 * by dividing by its share of the data.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectBetween, expectLike, expectPositive } from "./checks";
import { expectDtype } from "../shared/shapes";

/**
 * Takes z from noise level sigma to the lower level next. With the noise that the guess implies,
 *   ε = (z − denoised)/sigma,   s = eta·next·√(1 − (next/sigma)²)
 *   result = denoised + √(next² − s²)·ε + s·noise
 * With eta = 0 nothing is random; with eta = 1 it is the step of DDPM (Ho et al. 2020).
 * @param z [B, …], float32
 * @param denoised like z
 * @param sigma above 0
 * @param next from 0 to sigma
 * @param options eta from 0 to 1, default 0; noise like z, needed where eta is above 0
 * @returns like z; with next = 0 it is denoised
 * @throws when denoised or noise doesn't fit z, noise is missing, or a number is out of range
 */
export function ddimStep(
  z: tf.Tensor,
  denoised: tf.Tensor,
  sigma: number,
  next: number,
  options: { eta?: number; noise?: tf.Tensor } = {},
): tf.Tensor {
  const { eta = 0, noise } = options;
  expectDtype("ddimStep", "z", z, "float32");
  expectLike("ddimStep", "denoised", denoised, z);
  expectPositive("ddimStep", "sigma", sigma);
  expectBetween("ddimStep", "next", next, [0, sigma]);
  expectBetween("ddimStep", "eta", eta, [0, 1]);
  if (noise !== undefined) expectLike("ddimStep", "noise", noise, z);
  if (eta > 0 && noise === undefined) {
    throw new Error(`ddimStep: expected noise like z where eta is ${eta}, got none`);
  }
  // yours
  return tf.tidy(() => {
    const fresh = eta * next * Math.sqrt(1 - (next / sigma) ** 2);
    const kept = Math.sqrt(next ** 2 - fresh ** 2);
    const stepped = denoised.add(z.sub(denoised).mul(kept / sigma));
    return noise === undefined ? stepped : stepped.add(noise.mul(fresh));
  });
}
