/**
 * BigBird's pattern (Zaheer et al. 2020, arXiv:2007.14062, §2 and appendix D): a window, a few
 * tokens that all meet, some chance.
 */
import { expectCount } from "../shared/shapes";

export interface BigBirdOptions {
  /** Tokens in a block. */
  block: number;
  /** Blocks in a window, odd: one in the middle, as many on each side. */
  window: number;
  /** How many of the first blocks see all and are seen by all. */
  globals: number;
  /** How many blocks more each row sees, as far as there are. */
  random: number;
  /**
   * [T/block, T/block], what decides which: a row takes its highest numbers, of equals the first.
   */
  uniform: number[][];
}

/**
 * blocks[i][j] = 1 where the queries of block i see the keys of block j: |i − j| ≤ (window − 1)/2,
 * or i or j among the globals, or j among the `random` highest of uniform[i] that were not chosen
 * yet.
 * @param length T, a multiple of block
 * @returns 0 and 1, [T/block, T/block]
 * @throws when block does not divide the length, the window is even, there are more globals than
 *   blocks, or uniform has another shape
 */
export function bigBirdBlocks(length: number, options: BigBirdOptions): number[][] {
  const { block, window, globals, random, uniform } = options;
  expectCount("bigBirdBlocks", "length", length, 0);
  expectCount("bigBirdBlocks", "block", block);
  if (length % block !== 0) {
    throw new Error(`bigBirdBlocks: expected block to divide length ${length}, got block ${block}`);
  }
  expectCount("bigBirdBlocks", "window", window);
  if (window % 2 === 0) throw new Error(`bigBirdBlocks: expected an odd window, got ${window}`);
  expectCount("bigBirdBlocks", "globals", globals, 0);
  expectCount("bigBirdBlocks", "random", random, 0);
  const n = length / block;
  if (globals > n) {
    throw new Error(
      `bigBirdBlocks: expected globals to be at most the ${n} blocks, got ${globals}`,
    );
  }
  if (uniform.length !== n || uniform.some((row) => row.length !== n)) {
    throw new Error(
      `bigBirdBlocks: expected uniform [${n}, ${n}], got ${uniform.length} rows of ` +
        `${uniform.map((row) => row.length).join(", ")}`,
    );
  }
  // yours
  return uniform.map((chances, i) => {
    const chosen = chances.map(
      (_, j) => Math.abs(i - j) <= (window - 1) / 2 || i < globals || j < globals,
    );
    const others = chances.map((_, j) => j).filter((j) => !chosen[j]);
    // sort keeps the order of equals
    const lucky = others.sort((a, b) => chances[b]! - chances[a]!).slice(0, random);
    return chosen.map((yes, j) => (yes || lucky.includes(j) ? 1 : 0));
  });
}
