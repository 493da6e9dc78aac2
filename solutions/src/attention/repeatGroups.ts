/**
 * Grouped queries (Ainslie et al. 2023, arXiv:2305.13245): several query heads read the same keys
 * and values.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectCount, expectRank } from "../shared/shapes";

/**
 * Gives each of H query heads the keys or values it reads: head h reads group ⌊h·G/H⌋, so that
 * neighboring heads share a group.
 * @param x [B, G, S, D]
 * @param heads H, a multiple of G
 * @returns [B, H, S, D]
 * @throws when the groups do not divide the heads
 */
export function repeatGroups(x: tf.Tensor, heads: number): tf.Tensor {
  expectRank("repeatGroups", "x", x, 4);
  expectCount("repeatGroups", "heads", heads);
  const [B, G, S, D] = x.shape as [number, number, number, number];
  if (heads % G !== 0) {
    throw new Error(
      `repeatGroups: expected heads to be a multiple of the ${G} groups, got ${heads}`,
    );
  }
  if (heads === G) return x;
  return tf.tidy(() => {
    const copies = x.reshape([B, G, 1, S * D]).tile([1, 1, heads / G, 1]); // [B, G, H/G, S·D]
    return copies.reshape([B, heads, S, D]);
  });
}
