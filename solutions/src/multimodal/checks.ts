/** Checks of arguments that the functions of this folder share. */
import type * as tf from "@tensorflow/tfjs-core";
import { expectGrid } from "../image-tokens/checks";
import { expectBlock } from "../shared/blockChecks";
import { expectNorm } from "../shared/layerChecks";
import { expectFloats, shapeText } from "../shared/shapes";
import type { VitParams } from "./types";

/**
 * Pictures and a Vision Transformer for them.
 * @throws when patch doesn't divide the pictures, heads don't divide the width of the patches, or a
 *   weight doesn't fit
 */
export function expectImagesAndVit(
  fn: string,
  images: tf.Tensor,
  { patches, blocks, norm }: VitParams,
  options: { patch: number; heads: number },
): void {
  expectFloats(fn, "images", images, ["B", "height", "width", "channels"]);
  const [, height, width, channels] = images.shape as [number, number, number, number];
  const { patch } = options;
  const what = `images ${shapeText(images.shape)}`;
  const { rows, columns } = expectGrid(fn, what, patch, height, width);
  expectFloats(fn, "patches.w", patches.w, [patch * patch * channels, "C"]);
  const C = patches.w.shape[1]!;
  expectFloats(fn, "patches.b", patches.b, [C]);
  expectFloats(fn, "patches.cls", patches.cls, [C]);
  expectFloats(fn, "patches.positions", patches.positions, [1 + rows * columns, C]);
  blocks.forEach((block, i) => expectBlock(fn, `blocks[${i}].`, block, C, options));
  expectNorm(fn, "norm", norm, C);
}

/**
 * Vectors of B pairs, row i of one belonging to row i of the other, and a logarithm of the scale.
 * @throws when images and texts aren't both [B, C], or logScale isn't a scalar
 */
export function expectImagesAndTexts(
  fn: string,
  images: tf.Tensor,
  texts: tf.Tensor,
  logScale: tf.Tensor,
): void {
  expectFloats(fn, "images", images, ["B", "C"]);
  expectFloats(fn, "texts", texts, images.shape);
  expectFloats(fn, "logScale", logScale, []);
}

/** Weights of the layers of one model, [B, H, T, T] each. @throws when there are none or one differs */
export function expectAttentionMaps(fn: string, attention: tf.Tensor[]): void {
  if (attention.length === 0) {
    throw new Error(`${fn}: expected attention of at least one layer, got none`);
  }
  expectFloats(fn, "attention[0]", attention[0]!, ["B", "H", "T", "T"]);
  const [B, , T] = attention[0]!.shape as [number, number, number, number];
  attention.forEach((weights, layer) => {
    expectFloats(fn, `attention[${layer}]`, weights, [B, "H", T, T]);
    if (weights.shape[1] === 0) {
      const got = shapeText(weights.shape);
      throw new Error(`${fn}: expected attention[${layer}] with at least one head, got ${got}`);
    }
  });
}
