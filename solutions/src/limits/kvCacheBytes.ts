/** The size of lesson 06's key–value cache: what a decoder keeps of the text it has read. */
import { completeShape } from "./checks";
import type { TransformerShape } from "./types";
import { expectCount } from "../shared/shapes";

/**
 * Counts a key and a value of width D for each token, layer and key/value head: 2·L·G·D·T·bytes.
 * @param shape of the model
 * @param tokens T, how many are kept, at least 0
 * @param bytesPerValue default 4; 2 for 16-bit numbers, 0.5 for four bits
 * @returns bytes of one sequence's cache
 * @throws when a size isn't a whole number of at least 1 (tokens: 0), the heads don't divide, or
 *   bytesPerValue isn't above 0
 */
export function kvCacheBytes(shape: TransformerShape, tokens: number, bytesPerValue = 4): number {
  const { layers, kvHeads, D } = completeShape("kvCacheBytes", shape);
  expectCount("kvCacheBytes", "tokens", tokens, 0);
  if (!(bytesPerValue > 0 && Number.isFinite(bytesPerValue))) {
    throw new Error(
      `kvCacheBytes: expected bytesPerValue to be a finite number above 0, got ${bytesPerValue}`,
    );
  }
  // yours
  return 2 * layers * kvHeads * D * tokens * bytesPerValue;
}
