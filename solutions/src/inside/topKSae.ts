/**
 * A sparse autoencoder with k active latents (Makhzani & Frey 2013, arXiv:1312.5663; Gao et al.
 * 2024, "Scaling and evaluating sparse autoencoders", arXiv:2406.04093, §2.3). A bias for each
 * latent is added, as in their code; the ReLU after TopK is left out, as in their formula.
 */
import * as tf from "@tensorflow/tfjs-core";
import { asConstant } from "./asConstant";
import { expectSae } from "./checks";
import type { SaeOutput, SaeParams } from "./types";

/**
 * Describes each activation by k of F latents, and rebuilds it from them:
 *   latents = TopK((x − center)·encoder + bias),  reconstruction = latents·decoder + center
 * TopK keeps the k largest numbers of each row as they are, negative ones too, and writes 0 for the
 * others; of equal numbers those with the lower index are kept. Gradients flow through the numbers
 * that are kept.
 * @param x [N, C]
 * @param params encoder [C, F], bias [F], decoder [F, C], center [C]
 * @param k a whole number from 1 to F
 * @returns latents [N, F], reconstruction [N, C]
 * @throws when a shape or dtype doesn't fit, or k is out of range
 */
export function topKSae(x: tf.Tensor, params: SaeParams, k: number): SaeOutput {
  expectSae("topKSae", x, params, k);
  // yours
  return tf.tidy(() => {
    const { encoder, bias, decoder, center } = params;
    const F = bias.shape[0]!;
    const scores = x.sub(center).matMul(encoder).add(bias); // [N, F]
    const isKept = asConstant(scores, (s) => {
      const kept = tf.topk(s, k).indices.expandDims(-1); // [N, k, 1]
      return kept
        .equal(tf.range(0, F, 1, "int32"))
        .toFloat()
        .sum(1);
    });
    const latents = scores.mul(isKept);
    return { latents, reconstruction: latents.matMul(decoder).add(center) };
  });
}
