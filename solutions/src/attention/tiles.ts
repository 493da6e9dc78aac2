/** What the blockwise forms of attention share: how a text is cut, and attention inside one block. */
import * as tf from "@tensorflow/tfjs-core";
import { softmax } from "../orientation/softmax";

/** A stretch of tokens. */
export interface Tile { start: number; size: number }

/** Cuts 0 … length − 1 into tiles of `block` tokens; the last one takes what is left. */
export function cut(length: number, block: number): Tile[] {
  return Array.from({ length: Math.ceil(length / block) }, (_, i) => ({ start: i * block, size: Math.min(block, length - i * block) }));
}

/** The places of a tile's tokens, moved by `offset`. */
export const places = (tile: Tile, offset = 0): tf.Tensor => tf.range(tile.start + offset, tile.start + offset + tile.size);

/** x's tokens of one tile, along axis 2 for [B, H, T, D], along axis 3 for [B, H, D, T]. */
export function take(x: tf.Tensor, tile: Tile, axis: 2 | 3): tf.Tensor {
  const begin = [0, 0, 0, 0], size = x.shape.slice();
  begin[axis] = tile.start;
  size[axis] = tile.size;
  return x.slice(begin, size);
}

/**
 * x cut along an axis. Where every piece is used, this is cheaper than slices: the gradient of split is one concat, that of each
 * slice is as long as x. One piece is x itself, since the gradient of a split into one fails in tfjs 4.22.
 */
export const pieces = (x: tf.Tensor, sizes: number[], axis: 2 | 3): tf.Tensor[] => (sizes.length === 1 ? [x] : tf.split(x, sizes, axis));

/** Swaps tokens and features, [B, H, T, D] ↔ [B, H, D, T]. WASM multiplies plain matrices ten times faster than transposed ones. */
export const flip = (x: tf.Tensor): tf.Tensor => x.transpose([0, 1, 3, 2]);

/**
 * softmax(q·kT)·v
 * @param q [B, H, T, D], scaled already
 * @param kT [B, H, D, S]
 * @param v [B, H, S, D]
 * @param mask bool [T, S], true where a query may attend; each row allows a key
 * @returns [B, H, T, D]
 */
export function attendTile(q: tf.Tensor, kT: tf.Tensor, v: tf.Tensor, mask?: tf.Tensor): tf.Tensor {
  return tf.tidy(() => {
    const scores = q.matMul(kT); // [B, H, T, S]
    return softmax(mask ? tf.where(mask, scores, -Infinity) : scores).matMul(v);
  });
}
