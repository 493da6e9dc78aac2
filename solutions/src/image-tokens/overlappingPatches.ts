/**
 * Overlapping patches: windows twice as wide as their distance, which is what a convolution of
 * stride P and width 2P reads. They are made of slices, and the filter is the matrix of a linear
 * layer, since stock WASM has no gradient for the filter of a convolution.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectRank, shapeText } from "../shared/shapes";
import { expectGrid } from "./checks";
import { patchify } from "./patchify";

/**
 * Windows of 2P × 2P pixels, P apart, each as four patches side by side. Half a patch of zeros
 * surrounds the picture.
 * @param images [B, H, W, C]
 * @param patch P, even, which divides H and W
 * @returns [B, H/P, W/P, 4·P·P·C]
 * @throws when images are not of rank four or the patch is odd or does not divide them
 */
export function overlappingPatches(images: tf.Tensor, patch: number): tf.Tensor {
  expectRank("overlappingPatches", "images", images, 4);
  const [B, H, W, C] = images.shape as [number, number, number, number];
  const what = `images ${shapeText(images.shape)}`;
  const { rows, columns } = expectGrid("overlappingPatches", what, patch, H, W);
  if (patch % 2 !== 0) {
    throw new Error(
      "overlappingPatches: expected an even patch, " +
        `since windows overlap by half of it on each side, got ${patch}`,
    );
  }
  return tf.tidy(() => {
    const none: [number, number] = [0, 0];
    const half: [number, number] = [patch / 2, patch / 2];
    const padded = images.pad([none, half, half, none]);
    const length = patch * patch * C;
    const grid = patchify(padded, patch).reshape([B, rows + 1, columns + 1, length]);
    const corners = [0, 1].flatMap((r) => [0, 1].map((c) => [0, r, c, 0]));
    const windows = corners.map((at) => grid.slice(at, [B, rows, columns, length]));
    return tf.concat(windows, -1);
  });
}
