/**
 * A denoiser around a network: the preconditioning of EDM (Karras et al. 2022, arXiv:2206.00364,
 * equation 7 and table 1).
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectLike, expectNoisy, expectPositive } from "./checks";
import { perRow } from "./perRow";
import type { DenoisingNetwork } from "./types";

/**
 * D(z, σ) = c_skip·z + c_out·network(c_in·z, c_noise), for data of deviation d = sigmaData:
 *   c_skip = d²/(σ² + d²),   c_out = σ·d/√(σ² + d²),   c_in = 1/√(σ² + d²),   c_noise = ln(σ)/4
 * so that what the network reads, and what it has to write, has variance 1 at each noise level.
 * @param network takes the scaled input [B, …] and c_noise [B]; returns a tensor like its input
 * @param z [B, …], float32
 * @param sigma [B], float32, above 0
 * @param sigmaData above 0, default 0.5
 * @returns like z
 * @throws when sigma doesn't fit z, one of its numbers or sigmaData isn't above 0, or what the
 *   network returns isn't like z
 */
export function preconditionEdm(
  network: DenoisingNetwork,
  z: tf.Tensor,
  sigma: tf.Tensor,
  sigmaData = 0.5,
): tf.Tensor {
  expectNoisy("preconditionEdm", "z", z, ["sigma", sigma]);
  expectPositive("preconditionEdm", "sigmaData", sigmaData);
  // yours
  return tf.tidy(() => {
    const s = perRow(sigma, z);
    const total = s.square().add(sigmaData ** 2); // variance of z
    const written = network(z.div(total.sqrt()), sigma.log().div(4));
    expectLike("preconditionEdm", "network's output", written, z);
    const skipped = z.mul(sigmaData ** 2).div(total);
    return skipped.add(written.mul(s).mul(sigmaData).div(total.sqrt()));
  });
}
