/** What blockwise forms of attention share: how to cut a text, and attention inside one block. */
import * as tf from "@tensorflow/tfjs-core";

/** A stretch of tokens. */
export interface Tile {
  start: number;
  size: number;
}

/** Cuts 0 … length − 1 into tiles of `block` tokens; the last one takes what is left. */
export function cut(length: number, block: number): Tile[] {
  return Array.from({ length: Math.ceil(length / block) }, (_, i) => ({
    start: i * block,
    size: Math.min(block, length - i * block),
  }));
}

/** The places of a tile's tokens, moved by `offset`. */
export const places = (tile: Tile, offset = 0): tf.Tensor =>
  tf.range(tile.start + offset, tile.start + offset + tile.size);

/**
 * The tokens of x tile by tile. Halves are halved again, since tfjs's WASM (4.22) copies everything
 * it cuts a piece from, so that slices of the whole would cost O(T²). The gradient is one concat
 * per split.
 * @param x [B, H, T, D]
 * @param tiles as `cut` gives them for T
 * @returns [B, H, size, D] for each tile; a single one is x itself
 */
export function pieces(x: tf.Tensor, tiles: Tile[]): tf.Tensor[] {
  if (tiles.length < 2) return tiles.map(() => x);
  return tf.tidy(() => {
    const middle = tiles.length >> 1;
    const first = tiles[middle]!.start - tiles[0]!.start;
    const [left, right] = tf.split(x, [first, x.shape[2]! - first], 2);
    return [...pieces(left!, tiles.slice(0, middle)), ...pieces(right!, tiles.slice(middle))];
  });
}

/**
 * Swaps tokens and features, [B, H, T, D] ↔ [B, H, D, T]. tfjs's own WASM multiplies plain matrices
 * ten times faster than transposed ones.
 */
export const flip = (x: tf.Tensor): tf.Tensor => x.transpose([0, 1, 3, 2]);

/**
 * 0 where `allowed` is true and −∞ elsewhere, to be added to scores: the logarithms of 1 and 0.
 * tf.where takes ten times as long on WASM.
 */
export const barrier = (allowed: tf.Tensor): tf.Tensor => allowed.cast("float32").log();

/**
 * softmax(q·kT + bias)·v. The softmax is tfjs's own kernel, which is only wrong for rows that are
 * all −∞; there are none here.
 * @param q [B, H, T, D], scaled already
 * @param kT [B, H, D, S]
 * @param v [B, H, S, D]
 * @param bias [T, S], a barrier; each row allows a key
 * @returns [B, H, T, D]
 */
export function attendTile(q: tf.Tensor, kT: tf.Tensor, v: tf.Tensor, bias?: tf.Tensor): tf.Tensor {
  return tf.tidy(() => {
    const scores = q.matMul(kT); // [B, H, T, S]
    return tf.softmax(bias ? scores.add(bias) : scores).matMul(v);
  });
}
