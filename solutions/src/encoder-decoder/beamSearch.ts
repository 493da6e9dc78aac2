/**
 * Beam search with the length penalty of Google's translator (Wu et al. 2016, arXiv:1609.08144, eq.
 * 14, without its coverage term), as the first Transformer decodes (Vaswani et al. 2017,
 * arXiv:1706.03762, §6.1: four beams, alpha 0.6).
 */
import type * as tf from "@tensorflow/tfjs-core";
import { expectCount } from "../shared/shapes";

/**
 * Each round every live prefix grows by every token, and the `beams` candidates of highest log p
 * stay, of equals those of the better prefix and then of the lower id. Those that end in `end` or
 * hold maxLength tokens are finished and leave the beam; it ends when none is live. What has log p
 * −∞ is no candidate.
 * @param step maps prefixes of one length, each with `begin` first, to log-probabilities [prefixes,
 *   V]; its tensors are disposed of
 * @param options begin and end, ids; beams; maxLength of a text, `end` counted; alpha, 0.6 unless
 *   given: 0 compares by log p alone
 * @returns at most `beams` texts, best score first, score = log p / ((5 + length) / 6)^alpha; ids
 *   are the tokens, without begin, with end where it was reached, and length counts them
 * @throws when beams or maxLength is no whole number of at least 1, or alpha is no finite number
 */
export async function beamSearch(
  step: (prefixes: number[][]) => tf.Tensor,
  options: { begin: number; end: number; beams: number; maxLength: number; alpha?: number },
): Promise<{ ids: number[]; score: number }[]> {
  const { begin, end, beams, maxLength, alpha = 0.6 } = options;
  expectCount("beamSearch", "beams", beams);
  expectCount("beamSearch", "maxLength", maxLength);
  if (!Number.isFinite(alpha)) {
    throw new Error(`beamSearch: expected alpha to be a finite number, got ${alpha}`);
  }
  // yours
  const penalty = (length: number) => ((5 + length) / 6) ** alpha;
  const finished: { ids: number[]; score: number }[] = [];
  let live: { ids: number[]; logP: number }[] = [{ ids: [], logP: 0 }];
  while (live.length > 0) {
    const logProbabilities = step(live.map(({ ids }) => [begin, ...ids]));
    const rows = (await logProbabilities.array()) as number[][]; // [prefixes, V]
    logProbabilities.dispose();
    const candidates = live.flatMap(({ ids, logP }, i) =>
      rows[i]!.map((more, id) => ({ ids: [...ids, id], logP: logP + more })),
    );
    const best = candidates
      .filter(({ logP }) => logP > -Infinity)
      .sort((a, b) => b.logP - a.logP)
      .slice(0, beams);
    const isDone = ({ ids }: { ids: number[] }) => ids.at(-1) === end || ids.length === maxLength;
    finished.push(
      ...best.filter(isDone).map(({ ids, logP }) => ({ ids, score: logP / penalty(ids.length) })),
    );
    live = best.filter((candidate) => !isDone(candidate));
  }
  return finished.sort((a, b) => b.score - a.score).slice(0, beams);
}
