/**
 * Speculative sampling (Leviathan, Kalman & Matias 2023, "Fast Inference from Transformers via
 * Speculative Decoding", arXiv:2211.17192, algorithm 1; Chen et al. 2023, arXiv:2302.01318): a
 * cheap draft guesses several tokens, and the target reads them all in one pass.
 */
import { expectDraft } from "./checks";
import { drawFrom } from "./drawFrom";

/**
 * Accepts or rejects drafted tokens, from the first one on, so that what is written has exactly the
 * target's distribution. With p = target[i], q = draft[i] and x = drafted[i]:
 *   accept x if uniforms[i]·q(x) < p(x)
 * After the first token that is rejected, one is drawn from max(0, p − q), the last uniform
 * deciding, and nothing after it counts. If all are accepted, one is drawn from target[K].
 * @param drafted K ids, the i-th drawn from draft[i]; K may be 0
 * @param draft K rows of V probabilities
 * @param target K + 1 rows of V probabilities; row i is for the place of drafted[i], row K for the
 *   place after them
 * @param uniforms K + 1 random numbers, 0 ≤ u < 1; the last one is drawFrom's
 * @returns the accepted ids and one more, so 1 to K + 1
 * @throws when rows don't fit, a uniform is out of range, or q(x) is 0
 */
export function acceptDraft(
  drafted: number[],
  draft: number[][],
  target: number[][],
  uniforms: number[],
): number[] {
  expectDraft(drafted, draft, target, uniforms);
  // yours
  const K = drafted.length;
  const isRejected = (x: number, i: number) => uniforms[i]! * draft[i]![x]! >= target[i]![x]!;
  const first = drafted.findIndex(isRejected);
  if (first < 0) return [...drafted, drawFrom(target[K]!, uniforms[K]!)];
  const missing = target[first]!.map((p, id) => Math.max(0, p - draft[first]![id]!));
  return [...drafted.slice(0, first), drawFrom(missing, uniforms[K]!)];
}
