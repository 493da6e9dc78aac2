/**
 * The input of a Vision Transformer (Dosovitskiy et al. 2020, arXiv:2010.11929, eq. 1): each patch
 * is projected to the model's width, a learned [class] token goes first, and each place gets a
 * learned position. The projection, a convolution whose stride is its width, is a matrix product
 * here. Dropout is left out.
 */
import * as tf from "@tensorflow/tfjs-core";
import { linear } from "../shared/linearWithGradient";
import { expectDtype, expectFloats, expectRank, shapeText } from "../shared/shapes";
import { expectGrid } from "./checks";
import { patchify } from "./patchify";

/**
 * [cls; patch₁·w + b; …; patchₙ·w + b] + positions
 * @param images float32 [B, H, W, channels]
 * @param patch P, the side of a patch, which divides H and W
 * @param params w [P·P·channels, C], b [C], cls [C], positions [1 + patches, C], of which the first
 *   is that of cls
 * @returns [B, 1 + patches, C] with patches = (H/P)·(W/P)
 * @throws when the patch does not divide the images or a parameter does not fit
 */
export function embedPatches(
  images: tf.Tensor,
  patch: number,
  params: { w: tf.Tensor; b: tf.Tensor; cls: tf.Tensor; positions: tf.Tensor },
): tf.Tensor {
  const { w, b, cls, positions } = params;
  expectRank("embedPatches", "images", images, 4);
  expectDtype("embedPatches", "images", images, "float32");
  const [B, H, W, channels] = images.shape as [number, number, number, number];
  const what = `images ${shapeText(images.shape)}`;
  const { rows, columns } = expectGrid("embedPatches", what, patch, H, W);
  expectFloats("embedPatches", "w", w, [patch * patch * channels, "C"]);
  const C = w.shape[1]!;
  expectFloats("embedPatches", "b", b, [C]);
  expectFloats("embedPatches", "cls", cls, [C]);
  expectFloats("embedPatches", "positions", positions, [1 + rows * columns, C]);
  // yours
  return tf.tidy(() => {
    const projected = linear(patchify(images, patch), w, b); // [B, patches, C]
    const first = cls.reshape([1, 1, C]).tile([B, 1, 1]);
    return tf.concat([first, projected], 1).add(positions); // [B, 1 + patches, C]
  });
}
