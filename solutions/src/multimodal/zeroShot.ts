/**
 * A classifier made of words (Radford et al. 2021, arXiv:2103.00020, §3.1): each class is the mean
 * of its prompts, and no picture of it is needed.
 */
import * as tf from "@tensorflow/tfjs-core";
import { softmax } from "../orientation/softmax";
import { expectFloats } from "../shared/shapes";

/**
 * The shares of K classes for each picture.
 *   c_k = unit(mean over p of unit(prompts[k]_p)),   softmax_k(scale · cos(image, c_k))
 * @param images float32 [B, C], no row of zeros
 * @param prompts for each of K classes the vectors of its texts, float32 [P_k, C] with P_k ≥ 1, no
 *   row of zeros; classes may have different numbers of them
 * @param scale of the cosines, default 100, CLIP's after training
 * @returns [B, K], rows that add up to one
 * @throws when prompts is empty, a class has no prompt, a width differs, or scale isn't finite
 */
export function zeroShot(images: tf.Tensor, prompts: tf.Tensor[], scale = 100): tf.Tensor {
  expectFloats("zeroShot", "images", images, ["B", "C"]);
  if (prompts.length === 0) {
    throw new Error("zeroShot: expected prompts of at least one class, got none");
  }
  prompts.forEach((vectors, k) => {
    expectFloats("zeroShot", `prompts[${k}]`, vectors, ["P", images.shape[1]!]);
    if (vectors.shape[0] === 0) {
      throw new Error(`zeroShot: expected prompts[${k}] with at least one row, got none`);
    }
  });
  if (!Number.isFinite(scale)) {
    throw new Error(`zeroShot: expected scale to be a finite number, got ${scale}`);
  }
  // yours
  return tf.tidy(() => {
    const unit = (x: tf.Tensor) => x.div(x.square().sum(-1, true).sqrt());
    const classes = tf.stack(prompts.map((vectors) => unit(vectors).mean(0))); // [K, C]
    const cosines = unit(images).matMul(unit(classes), false, true); // [B, K]
    return softmax(cosines.mul(scale));
  });
}
