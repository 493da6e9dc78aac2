/**
 * Sliding-window attention by blocks (Beltagy, Peters & Cohan 2020, Longformer, arXiv:2004.05150, §3.2; causal as in Mistral 7B,
 * arXiv:2310.06825). Dilation and global tokens are left out.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectCount, expectHeads } from "./checks";
import { scaledDotProductAttention } from "./scaledDotProductAttention";
import { attendTile, cut, flip, pieces, places } from "./tiles";

/** Smaller blocks waste fewer scores on keys outside the window, but each costs a few calls. */
// given
const SMALLEST = 32;

/**
 * Equals attention under slidingWindowMask, in O(T·window) time and memory, gradients included: each block of queries meets only
 * the blocks of keys that its windows touch. The scale is 1/√D.
 * @param q [B, H, T, D]
 * @param k [B, H, T, D]
 * @param v [B, H, T, D]
 * @param options.window how many tokens are seen to each side, the token itself counted
 * @param options.causal no token sees a later one; false unless given
 * @returns [B, H, T, D]
 * @throws when shapes do not fit, there are more or fewer keys than queries, or the window is no whole number of at least 1
 */
export function slidingWindowAttention(q: tf.Tensor, k: tf.Tensor, v: tf.Tensor, options: { window: number; causal?: boolean }): tf.Tensor {
  const { window, causal = false } = options;
  const { T, S, scale } = expectHeads("slidingWindowAttention", q, k, v, {});
  if (S !== T) throw new Error(`slidingWindowAttention: expected k and v with the ${T} tokens of q, got ${S}`);
  expectCount("slidingWindowAttention", "window", window);
  if (T === 0) return scaledDotProductAttention(q, k, v).output;
  // yours
  return tf.tidy(() => {
    const block = Math.min(T, Math.max(SMALLEST, Math.ceil(window / 2)));
    const tiles = cut(T, block), sizes = tiles.map((tile) => tile.size);
    const reach = Math.ceil((window - 1) / block); // how many blocks to one side a window touches
    const queries = pieces(q.mul(scale), sizes, 2), keys = pieces(flip(k), sizes, 3), values = pieces(v, sizes, 2);
    const outputs = tiles.map((tile, i) => tf.tidy(() => {
      const first = Math.max(0, i - reach), end = causal ? i + 1 : Math.min(tiles.length, i + reach + 1);
      const seen = { start: first * block, size: Math.min(end * block, T) - first * block };
      const back = places(tile).expandDims(1).sub(places(seen)); // [block, seen]
      const near = back.abs().less(window);
      const mask = causal ? near.logicalAnd(back.greaterEqual(0)) : near;
      return attendTile(queries[i]!, tf.concat(keys.slice(first, end), 3), tf.concat(values.slice(first, end), 2), mask);
    }));
    return tf.concat(outputs, 2);
  });
}
