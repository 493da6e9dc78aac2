/** Greedy decoding: always take the most probable next token. */
import type * as tf from "@tensorflow/tfjs-core";
import { expectCount } from "../shared/shapes";

/**
 * Writes `count` texts together, each with its most probable next token, until all have ended or
 * have maxLength tokens. On ties, the lowest id wins. A text that has ended is filled with `end`,
 * so all prefixes have the same length and row i stays text i; the filling is cut off at the end.
 * @param step maps all prefixes, each starting with `begin`, to scores [count, V] of the next
 *   token; its tensors are disposed of
 * @param options the ids begin and end; count of texts; maxLength of a text, including `end`
 * @returns the tokens of each text, without begin, with end if it was reached
 * @throws when count or maxLength isn't a whole number of at least 1
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
