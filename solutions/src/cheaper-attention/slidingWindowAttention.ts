/**
 * Sliding-window attention by blocks (Beltagy, Peters & Cohan 2020, Longformer, arXiv:2004.05150,
 * §3.2; causal as in Mistral 7B, arXiv:2310.06825). Dilation and global tokens are left out.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectHeads } from "../shared/attentionChecks";
import { scaledDotProductAttention } from "../attention/scaledDotProductAttention";
import { attendTile, barrier, cut, flip, pieces, places } from "./tiles";
import { expectCount } from "../shared/shapes";

/** Blocks are half as long as the window but no shorter than this, as each costs a few calls. */
// given
const SMALLEST = 32;

/**
 * Attention under slidingWindowMask in O(T·window) time and memory, including gradients: each block
 * of queries meets only the blocks of keys that its windows touch. The scale is 1/√D.
 * @param q [B, H, T, D]
 * @param k [B, H, T, D]
 * @param v [B, H, T, D]
 * @param options.window how many tokens each token sees on each side, including itself
 * @param options.causal no token sees a later one; false unless given
 * @returns [B, H, T, D]
 * @throws when shapes do not fit, there are more or fewer keys than queries, or the window is not a
 *   whole number of at least 1
 */
export function slidingWindowAttention(
  q: tf.Tensor,
  k: tf.Tensor,
  v: tf.Tensor,
  options: { window: number; causal?: boolean },
): tf.Tensor {
  const { window, causal = false } = options;
  const { T, S, scale } = expectHeads("slidingWindowAttention", q, k, v, {});
  if (S !== T) {
    throw new Error(`slidingWindowAttention: expected k and v with the ${T} tokens of q, got ${S}`);
  }
  expectCount("slidingWindowAttention", "window", window);
  if (T === 0) return tf.tidy(() => scaledDotProductAttention(q, k, v).output);
  // yours
  return tf.tidy(() => {
    const block = Math.min(T, Math.max(SMALLEST, Math.ceil(window / 2)));
    const tiles = cut(T, block);
    // how many blocks a window reaches into
    const before = Math.min(tiles.length - 1, Math.ceil((window - 1) / block));
    const after = causal ? 0 : before;
    const queries = pieces(q.mul(scale), tiles);
    const keys = pieces(k, tiles).map(flip);
    const values = pieces(v, tiles);
    const width = (before + 1 + after) * block;
    const query = places({ start: 0, size: block }).expandDims(1); // [block, 1]
    const key = places({ start: -before * block, size: width });
    const back = query.sub(key); // [block, width], how far key j is before query i
    const near = back.abs().less(window);
    // the same for all blocks, except at the ends of the text
    const walls = barrier(causal ? near.logicalAnd(back.greaterEqual(0)) : near);
    const outputs = tiles.map((tile, i) =>
      tf.tidy(() => {
        const first = Math.max(0, i - before);
        const end = Math.min(tiles.length, i + 1 + after);
        const shape = [tile.size, Math.min(end * block, T) - first * block];
        const isWhole = tf.util.arraysEqual(shape, walls.shape);
        const wall = isWhole ? walls : walls.slice([0, (first - i + before) * block], shape);
        const seenKeys = tf.concat(keys.slice(first, end), 3); // [B, H, D, seen]
        const seenValues = tf.concat(values.slice(first, end), 2);
        return attendTile(queries[i]!, seenKeys, seenValues, wall);
      }),
    );
    return tf.concat(outputs, 2);
  });
}
