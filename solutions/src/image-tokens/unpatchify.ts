/**
 * The inverse of patchify: patches are put back side by side. With it a model that answers in
 * patches draws a picture.
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
 * @throws when the patch does not divide height and width, or the number or the length of patches
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
    throw new Error(
      `unpatchify: expected patches whose length is a multiple of ${patch}·${patch}, got ` +
        `${shapeText(patches.shape)}`,
    );
  }
  // WASM cannot transpose nothing
  if (patches.size === 0) return patches.reshape([B, height, width, C]);
  // yours
  return tf.tidy(() => {
    const grid = patches.reshape([B, rows, columns, patch, patch, C]);
    // [B, rows, P, columns, P, C] between
    return grid.transpose([0, 1, 3, 2, 4, 5]).reshape([B, height, width, C]);
  });
}
