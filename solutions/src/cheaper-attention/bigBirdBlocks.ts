/**
 * BigBird's pattern (Zaheer et al. 2020, arXiv:2007.14062, §2 and appendix D): a window, a few
 * tokens that everyone sees and that see everyone, and some chance.
 */
import { expectCount } from "../shared/shapes";

export interface BigBirdOptions {
  /** Tokens in a block. */
  block: number;
  /** Blocks in a window, odd: one in the middle, equally many on each side. */
  window: number;
  /** How many of the first blocks see all blocks and are seen by all. */
  globals: number;
  /** How many more blocks each row sees, as long as there are any left. */
  random: number;
  /** [T/block, T/block], decides which: a row takes its highest numbers; ties go to the first. */
  uniform: number[][];
}

/**
 * blocks[i][j] = 1 where the queries of block i see the keys of block j:
 * - |i − j| ≤ (window − 1)/2,
 * - or i or j is one of the globals,
 * - or j has one of the `random` highest numbers of uniform[i] among the blocks that are left.
 * @param length T, a multiple of block
 * @returns 0 and 1, [T/block, T/block]
 * @throws when block does not divide the length, the window is even, there are more globals than
 *   blocks, or uniform has another shape
 */
export function bigBirdBlocks(length: number, options: BigBirdOptions): number[][] {
  expectBigBird(length, options);
  const { window, globals, random, uniform } = options;
  // yours
  return uniform.map((chances, i) => {
    const chosen = chances.map(
      (_, j) => Math.abs(i - j) <= (window - 1) / 2 || i < globals || j < globals,
    );
    const others = chances.map((_, j) => j).filter((j) => !chosen[j]);
    // on ties, sort keeps the order
    const lucky = others.sort((a, b) => chances[b]! - chances[a]!).slice(0, random);
    return chosen.map((yes, j) => (yes || lucky.includes(j) ? 1 : 0));
  });
}

// given
function expectBigBird(length: number, options: BigBirdOptions): void {
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
    const lengths = uniform.map((row) => row.length).join(", ");
    throw new Error(
      `bigBirdBlocks: expected uniform [${n}, ${n}], got ${uniform.length} rows of ${lengths}`,
    );
  }
}
