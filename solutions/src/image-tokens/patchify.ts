/**
 * Patches: a picture cut into squares, the tokens of a Vision Transformer (Dosovitskiy et al. 2020,
 * arXiv:2010.11929, §3.1). Nothing is computed and nothing is lost; the numbers only change their
 * places.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectRank, shapeText } from "../shared/shapes";
import { expectGrid } from "./checks";

/**
 * Patches row by row; inside a patch its pixels row by row, and inside a pixel its channels.
 * @param images [B, H, W, C], any dtype
 * @param patch P, the side of a patch, which divides H and W
 * @returns [B, (H/P)·(W/P), P·P·C]
 * @throws when images are not of rank four or the patch does not divide them
 */
export function patchify(images: tf.Tensor, patch: number): tf.Tensor {
  expectRank("patchify", "images", images, 4);
  const [B, H, W, C] = images.shape as [number, number, number, number];
  const { rows, columns } = expectGrid(
    "patchify",
    `images ${shapeText(images.shape)}`,
    patch,
    H,
    W,
  );
  // WASM cannot transpose nothing
  if (images.size === 0) return images.reshape([B, rows * columns, patch * patch * C]);
  // yours
  return tf.tidy(() => {
    const grid = images.reshape([B, rows, patch, columns, patch, C]);
    // [B, rows, columns, P, P, C] between
    return grid.transpose([0, 1, 3, 2, 4, 5]).reshape([B, rows * columns, patch * patch * C]);
  });
}
