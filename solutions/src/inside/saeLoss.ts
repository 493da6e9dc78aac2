/**
 * The loss of a sparse autoencoder with k active latents, with the auxiliary loss that brings dead
 * latents back (Gao et al. 2024, arXiv:2406.04093, appendix A.2; α = 1/32 there). As in their code,
 * the error that dead latents describe counts as a constant. Both terms are means of squares here;
 * their code divides each by the variance of its target.
 */
import * as tf from "@tensorflow/tfjs-core";
import { asConstant } from "./asConstant";
import { expectDead, expectSae } from "./checks";
import { topKSae } from "./topKSae";
import type { DeadLatents, SaeParams } from "./types";

/**
 * loss = mean((x̂ − x)²) + alpha · mean((ê − e)²), means over all N·C numbers: x̂ is the
 * reconstruction by topKSae, e = x − x̂ what it misses, and ê rebuilds e from the dead latents.
 *   ê = TopK_kAux((x − center)·encoder + bias, of the dead latents alone)·decoder
 * No center is added to ê. With fewer than kAux dead latents, all of them count. Without dead
 * latents, the second term is 0.
 * Gradients flow to x and all weights, through x̂ and through ê; e is a constant.
 * @param x [N, C]
 * @param params encoder [C, F], bias [F], decoder [F, C], center [C]
 * @param k a whole number from 1 to F
 * @param options dead, the indices of the dead latents in ascending order, none by default; kAux, a
 * whole number from 1, k by default; alpha, 1/32 by default
 * @returns a scalar
 * @throws when a shape or dtype doesn't fit, k or kAux is out of range, or dead isn't ascending
 */
export function saeLoss(
  x: tf.Tensor,
  params: SaeParams,
  k: number,
  options: DeadLatents = {},
): tf.Scalar {
  expectSae("saeLoss", x, params, k);
  const { dead = [], kAux = k, alpha = 1 / 32 } = options;
  expectDead("saeLoss", dead, kAux, params.bias.shape[0]!);
  // yours
  return tf.tidy(() => {
    const { reconstruction } = topKSae(x, params, k);
    const missed = x.sub(reconstruction); // [N, C]
    const loss = missed.square().mean() as tf.Scalar;
    if (dead.length === 0) return loss;
    const { encoder, bias, decoder, center } = params;
    const indices = tf.tensor1d(dead, "int32");
    const deadOnes = {
      encoder: tf.gather(encoder, indices, 1), // [C, dead]
      bias: tf.gather(bias, indices),
      decoder: tf.gather(decoder, indices), // [dead, C]
      center,
    };
    const { latents } = topKSae(x, deadOnes, Math.min(kAux, dead.length));
    const rebuilt = latents.matMul(deadOnes.decoder);
    const target = asConstant(missed, (e) => e.clone());
    return loss.add(rebuilt.sub(target).square().mean().mul(alpha)) as tf.Scalar;
  });
}
