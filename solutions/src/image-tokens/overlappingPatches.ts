/**
 * Overlapping patches: windows twice as wide as their distance, which is what a convolution of
 * stride P and width 2P reads. Made of slices, since stock WASM has no gradient for the filter of a
 * convolution: the filter is then the matrix of a linear layer.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectRank, shapeText } from "../shared/shapes";
import { expectGrid } from "./checks";
import { patchify } from "./patchify";

/**
 * Windows of 2P × 2P pixels, P apart; half a patch of zeros surrounds the picture. A window is four
 * patches side by side.
 * @param images [B, H, W, C]
 * @param patch P, even, which divides H and W
 * @returns [B, H/P, W/P, 4·P·P·C]
 * @throws when images are not of rank four or the patch is odd or does not divide them
 */
export function overlappingPatches(images: tf.Tensor, patch: number): tf.Tensor {
  expectRank("overlappingPatches", "images", images, 4);
  const [B, H, W, C] = images.shape as [number, number, number, number];
  const { rows, columns } = expectGrid(
    "overlappingPatches",
    `images ${shapeText(images.shape)}`,
    patch,
    H,
    W,
  );
  if (patch % 2 !== 0) {
    throw new Error(
      "overlappingPatches: expected an even patch, since windows overlap by half of it on " +
        `each side, got ${patch}`,
    );
  }
  return tf.tidy(() => {
    const half = patch / 2;
    const length = patch * patch * C;
    const padded = images.pad([
      [0, 0],
      [half, half],
      [half, half],
      [0, 0],
    ]);
    const grid = patchify(padded, patch).reshape([B, rows + 1, columns + 1, length]);
    const corners = [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ] as const;
    return tf.concat(
      corners.map(([r, c]) => grid.slice([0, r, c, 0], [B, rows, columns, length])),
      -1,
    );
  });
}
