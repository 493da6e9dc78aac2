/** The area under the ROC curve as a share of pairs (Hanley & McNeil 1982, doi:10.1148/radiology.143.1.7063747). */
import { expectRankable } from "./checks";

/**
 * How well scores tell two kinds apart: of all pairs of a positive and a negative, the share in
 * which the positive has the higher score; a tie counts half. 1 is perfect, ½ is chance, and 0 is
 * perfect the wrong way around. ∞ and −∞ are scores like all others.
 * @param scores N numbers
 * @param isPositive N booleans
 * @returns from 0 to 1
 * @throws when the lists have different lengths, a score is NaN, or a kind is missing
 */
export function auroc(scores: number[], isPositive: boolean[]): number {
  expectRankable("auroc", "scores", scores, 1);
  if (scores.length !== isPositive.length) {
    const got = isPositive.length;
    throw new Error(`auroc: expected isPositive with ${scores.length} booleans, got ${got}`);
  }
  const positives = isPositive.filter(Boolean).length;
  const negatives = isPositive.length - positives;
  if (positives === 0 || negatives === 0) {
    throw new Error(
      "auroc: expected isPositive to hold true and false, " +
        `got ${positives} true and ${negatives} false`,
    );
  }
  // yours
  const order = [...scores.keys()].sort((i, j) => scores[i]! - scores[j]!);
  let won = 0; // pairs, where a tie is half a pair
  let below = 0; // negatives with a lower score
  let start = 0;
  while (start < order.length) {
    let end = start;
    while (scores[order[end]!] === scores[order[start]!]) end++;
    const tied = order.slice(start, end);
    const here = tied.filter((i) => isPositive[i]).length;
    const negativesHere = tied.length - here;
    won += here * (below + negativesHere / 2);
    below += negativesHere;
    start = end;
  }
  return won / (positives * negatives);
}
