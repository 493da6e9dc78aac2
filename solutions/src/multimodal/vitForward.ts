/**
 * A whole Vision Transformer (Dosovitskiy et al. 2020, arXiv:2010.11929, eq. 1 to 4) that shows its
 * attention. Dropout and the classifier are left out; CLIP (Radford et al. 2021, arXiv:2103.00020,
 * §2.4) reads the [class] token of such an encoder.
 */
import * as tf from "@tensorflow/tfjs-core";
import { attentionWithWeights } from "../attention/attentionWithWeights";
import { feedForward } from "../blocks/feedForward";
import { embedPatches } from "../image-tokens/embedPatches";
import { gelu } from "../shared/geluWithGradient";
import { layerNorm } from "../shared/layerNormWithGradient";
import { expectImagesAndVit } from "./checks";
import type { VitOutput, VitParams } from "./types";

/**
 * Reads pictures as patches, through pre-norm blocks and a last norm:
 *   x = embedPatches(images),  in each block  h = x + attend(norm1(x)),  x = h + mlp(norm2(h))
 *   tokens = norm(x)
 * with attend = attentionWithWeights, mlp = feedForward with the exact gelu, and eps = 1e-5 in all
 * norms.
 * @param images float32 [B, height, width, channels]
 * @param params patches, blocks, norm
 * @param options patch, the side of a patch, and heads H
 * @returns tokens [B, T, C] with T = 1 + patches, the [class] token first; attention, for each
 *   block its weights [B, H, T, T], in the blocks' order
 * @throws when patch doesn't divide the pictures, heads don't divide C, or a weight doesn't fit
 */
export function vitForward(
  images: tf.Tensor,
  params: VitParams,
  options: { patch: number; heads: number },
): VitOutput {
  const { patch, heads } = options;
  expectImagesAndVit("vitForward", images, params, options);
  // yours
  return tf.tidy(() => {
    const { patches, blocks, norm } = params;
    let x = embedPatches(images, patch, patches); // [B, T, C]
    const attention: tf.Tensor[] = [];
    for (const { norm1, attention: layer, norm2, mlp } of blocks) {
      const read = attentionWithWeights(layerNorm(x, norm1.gamma, norm1.beta), layer, { heads });
      attention.push(read.weights);
      const h = x.add(read.output);
      x = h.add(feedForward(layerNorm(h, norm2.gamma, norm2.beta), mlp, gelu));
    }
    return { tokens: layerNorm(x, norm.gamma, norm.beta), attention };
  });
}
