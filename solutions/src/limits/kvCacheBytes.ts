/** What a decoder keeps of the text that it has read: lesson 06's key–value cache. */
import { completeShape } from "./checks";
import type { TransformerShape } from "./types";
import { expectCount } from "../shared/shapes";

/**
 * One key and one value of width D for each token, layer and key/value head: 2·L·G·D·T·bytes.
 * @param shape of the model
 * @param tokens T, how many are kept, from 0 on
 * @param bytesPerValue 4 unless given, 2 for 16-bit numbers; fractions allowed, 0.5 for four bits
 * @returns bytes of one sequence's cache
 * @throws when a size is no whole number of at least 1 (tokens: 0), the heads do not divide, or
 *   bytesPerValue is not above 0
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
