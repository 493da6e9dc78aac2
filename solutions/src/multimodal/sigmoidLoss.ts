/**
 * SigLIP's loss (Zhai et al. 2023, arXiv:2303.15343, equation in §3.2 and algorithm 1): each of the
 * B · B combinations of a picture and a text is a question of its own, do they belong together?
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectFloats } from "../shared/shapes";
import { expectImagesAndTexts } from "./checks";

/**
 * The loss of a batch of pairs, with z_ij = 1 for i = j and −1 otherwise:
 *   −1/B · Σ_i Σ_j log σ(z_ij · (exp(logScale) · cos(image_i, text_j) + bias))
 * It stays finite where σ rounds to 0.
 * @param images float32 [B, C], no row of zeros
 * @param texts float32 [B, C], row i belongs to row i of images; no row of zeros
 * @param logScale float32 scalar, the logarithm of the cosines' scale; not clamped
 * @param bias float32 scalar, −10 at the start of SigLIP's training
 * @returns a scalar, the sum over all B · B combinations divided by B
 * @throws when images and texts differ in shape, or logScale or bias isn't a scalar
 */
export function sigmoidLoss(
  images: tf.Tensor,
  texts: tf.Tensor,
  logScale: tf.Tensor,
  bias: tf.Tensor,
): tf.Tensor {
  expectImagesAndTexts("sigmoidLoss", images, texts, logScale);
  expectFloats("sigmoidLoss", "bias", bias, []);
  // yours
  return tf.tidy(() => {
    const unit = (x: tf.Tensor) => x.div(x.square().sum(-1, true).sqrt());
    const cosines = unit(images).matMul(unit(texts), false, true); // [B, B]
    const scores = cosines.mul(logScale.exp()).add(bias);
    const B = images.shape[0]!;
    const signs = tf.eye(B).mul(2).sub(1); // 1 on the diagonal, −1 elsewhere
    // −log σ(x) = softplus(−x)
    return tf.softplus(scores.mul(signs).neg()).sum().div(B);
  });
}
