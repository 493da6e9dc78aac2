/** Greedy decoding: of all tokens that may come next, the likeliest, again and again. */
import type * as tf from "@tensorflow/tfjs-core";
import { expectCount } from "../shared/shapes";

/**
 * Begins `count` texts and gives each its likeliest next token, of equals the lowest id, until all
 * have ended or hold maxLength tokens. A text that has ended goes on with `end`, which is cut off,
 * so that the prefixes keep one length and row i stays text i.
 * @param step maps all prefixes, each with `begin` first, to scores [count, V] of the token that
 *   comes next; its tensors are disposed of
 * @param options begin and end, ids; count of texts; maxLength of a text, `end` counted
 * @returns for each text its tokens, without begin, with end where it was reached
 * @throws when count or maxLength is no whole number of at least 1
 */
export async function greedyDecode(
  step: (prefixes: number[][]) => tf.Tensor,
  options: { begin: number; end: number; count: number; maxLength: number },
): Promise<number[][]> {
  const { begin, end, count, maxLength } = options;
  expectCount("greedyDecode", "count", count);
  expectCount("greedyDecode", "maxLength", maxLength);
  // yours
  const texts = Array.from({ length: count }, (): number[] => []);
  const ended = (ids: number[]) => ids.includes(end);
  for (let t = 0; t < maxLength && !texts.every(ended); t++) {
    const scores = step(texts.map((ids) => [begin, ...ids]));
    const best = scores.argMax(-1);
    const next = await best.data();
    scores.dispose();
    best.dispose();
    texts.forEach((ids, i) => ids.push(ended(ids) ? end : next[i]!));
  }
  return texts.map((ids) => (ended(ids) ? ids.slice(0, ids.indexOf(end) + 1) : ids));
}
