/**
 * The inverse of patchify: patches are put back side by side. With it, a model that answers in
 * patches can draw a picture.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectRank, expectShape, shapeText } from "../shared/shapes";
import { expectGrid } from "./checks";

/**
 * unpatchify(patchify(images, P), P, H, W) = images.
 * @param patches [B, (H/P)·(W/P), P·P·C], in patchify's order, any dtype
 * @param patch P, the side of a patch, which divides height and width
 * @param height H
 * @param width W
 * @returns [B, H, W, C]
 * @throws when the patch does not divide height and width, or the number or length of the patches
 *   does not fit
 */
export function unpatchify(
  patches: tf.Tensor,
  patch: number,
  height: number,
  width: number,
): tf.Tensor {
  expectRank("unpatchify", "patches", patches, 3);
  const { rows, columns } = expectGrid("unpatchify", `${height} × ${width}`, patch, height, width);
  expectShape("unpatchify", "patches", patches, ["B", rows * columns, "P·P·C"]);
  const B = patches.shape[0]!;
  const C = patches.shape[2]! / (patch * patch);
  if (!Number.isInteger(C)) {
    const multiple = `a multiple of ${patch}·${patch}`;
    throw new Error(
      `unpatchify: expected patches whose length is ${multiple}, got ${shapeText(patches.shape)}`,
    );
  }
  // WASM can't transpose an empty tensor
  if (patches.size === 0) return patches.reshape([B, height, width, C]);
  // yours
  return tf.tidy(() => {
    const grid = patches.reshape([B, rows, columns, patch, patch, C]);
    const lines = grid.transpose([0, 1, 3, 2, 4, 5]); // [B, rows, P, columns, P, C]
    return lines.reshape([B, height, width, C]);
  });
}
