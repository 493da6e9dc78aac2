/** What the functions of this folder take and return. */
import type { Tensor } from "@tensorflow/tfjs-core";

/** How signal and noise are mixed at a time; see addNoise. */
export type NoisePath = "edm" | "cosine" | "flow";

/** Noisy z [B, …] with noise levels sigma [B] → the guess of what is below the noise, like z. */
export type Denoiser = (z: Tensor, sigma: Tensor) => Tensor;

/** A network's scaled input [B, …] and a number [B] for its noise level → its output, like x. */
export type DenoisingNetwork = (x: Tensor, cNoise: Tensor) => Tensor;

/**
 * All random numbers of a walk of N steps from noise to B chains of T atoms, standard normal: start
 * [B, T, 3], steps [N, B, T, 3], quaternions [N, B, 4], shifts [N, B, 3].
 */
export interface AtomNoise {
  start: Tensor;
  steps: Tensor;
  quaternions: Tensor;
  shifts: Tensor;
}

/** What random moves of each row are made of: normal numbers [B, 4] and [B, 3]. */
export interface MoveNoise {
  quaternions: Tensor;
  shifts: Tensor;
}
