/**
 * Patches: a picture cut into squares, the tokens of a Vision Transformer (Dosovitskiy et al. 2020,
 * arXiv:2010.11929, §3.1). Nothing is computed and nothing is lost; the numbers only move.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectRank, shapeText } from "../shared/shapes";
import { expectGrid } from "./checks";

/**
 * The patches row by row; inside a patch the pixels row by row, and inside a pixel the channels.
 * @param images [B, H, W, C], any dtype
 * @param patch P, the side of a patch, which divides H and W
 * @returns [B, (H/P)·(W/P), P·P·C]
 * @throws when images are not of rank four or the patch does not divide them
 */
export function patchify(images: tf.Tensor, patch: number): tf.Tensor {
  expectRank("patchify", "images", images, 4);
  const [B, H, W, C] = images.shape as [number, number, number, number];
  const what = `images ${shapeText(images.shape)}`;
  const { rows, columns } = expectGrid("patchify", what, patch, H, W);
  // WASM can't transpose an empty tensor
  if (images.size === 0) return images.reshape([B, rows * columns, patch * patch * C]);
  // yours
  return tf.tidy(() => {
    const grid = images.reshape([B, rows, patch, columns, patch, C]);
    const squares = grid.transpose([0, 1, 3, 2, 4, 5]); // [B, rows, columns, P, P, C]
    return squares.reshape([B, rows * columns, patch * patch * C]);
  });
}
