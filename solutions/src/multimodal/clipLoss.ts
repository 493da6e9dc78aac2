/**
 * CLIP's loss (Radford et al. 2021, arXiv:2103.00020, §2.3 and figure 3): in a batch of pairs, each
 * picture finds its text and each text its picture, at a temperature that is learned.
 */
import * as tf from "@tensorflow/tfjs-core";
import { crossEntropy } from "../blocks/crossEntropy";
import { expectImagesAndTexts } from "./checks";

/**
 * The loss of a batch of pairs, with the cosines' scale s:
 *   s = exp(min(logScale, ln 100)),  S_ij = s · cos(image_i, text_j)
 *   ½ · (mean over i of −log softmax_j(S_ij) at j = i  +  mean over j of −log softmax_i(S_ij) at i = j)
 * @param images float32 [B, C], no row of zeros
 * @param texts float32 [B, C], row i belongs to row i of images; no row of zeros
 * @param logScale float32 scalar, ln(1/temperature)
 * @returns a scalar, ln B where all cosines are equal; where logScale is above ln 100 its gradient is 0
 * @throws when images and texts differ in shape, or logScale isn't a scalar
 */
export function clipLoss(images: tf.Tensor, texts: tf.Tensor, logScale: tf.Tensor): tf.Tensor {
  expectImagesAndTexts("clipLoss", images, texts, logScale);
  // yours
  return tf.tidy(() => {
    const unit = (x: tf.Tensor) => x.div(x.square().sum(-1, true).sqrt());
    const scale = logScale.minimum(Math.log(100)).exp();
    const scores = unit(images).matMul(unit(texts), false, true).mul(scale); // [B, B]
    const partners = tf.range(0, images.shape[0]!, 1, "int32");
    const fromImages = crossEntropy(scores, partners);
    const fromTexts = crossEntropy(scores.transpose(), partners);
    return fromImages.add(fromTexts).div(2);
  });
}
