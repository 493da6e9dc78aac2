/**
 * Beam search with the length penalty of Google's translator (Wu et al. 2016, arXiv:1609.08144, eq.
 * 14, without its coverage term), as the first Transformer decodes (Vaswani et al. 2017,
 * arXiv:1706.03762, §6.1: four beams, alpha 0.6).
 */
import type * as tf from "@tensorflow/tfjs-core";
import { expectCount } from "../shared/shapes";

/**
 * Searches for the texts with the best scores: score = log p / ((5 + length) / 6)^alpha.
 * In each round, every live prefix grows by every token, and the `beams` candidates with the
 * highest log p stay. On ties, the better prefix wins, then the lower id; log p = −∞ is never a
 * candidate. A candidate that ends in `end` or has maxLength tokens is finished and leaves the
 * beam. The search ends when no prefix is live.
 * @param step maps prefixes of one length, each starting with `begin`, to log-probabilities
 *   [prefixes, V]; its tensors are disposed of
 * @param options the ids begin and end; beams; maxLength of a text, including `end`; alpha, default
 *   0.6 (0 compares by log p alone)
 * @returns at most `beams` texts, best score first; ids without begin, with end if it was reached;
 *   length counts these ids
 * @throws when beams or maxLength isn't a whole number of at least 1, or alpha isn't finite
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
  type Candidate = { ids: number[]; logP: number };
  const penalty = (length: number) => ((5 + length) / 6) ** alpha;
  const isDone = ({ ids }: Candidate) => ids.at(-1) === end || ids.length === maxLength;
  const scored = ({ ids, logP }: Candidate) => ({ ids, score: logP / penalty(ids.length) });
  const finished: { ids: number[]; score: number }[] = [];
  let live: Candidate[] = [{ ids: [], logP: 0 }];
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
    finished.push(...best.filter(isDone).map(scored));
    live = best.filter((candidate) => !isDone(candidate));
  }
  return finished.sort((a, b) => b.score - a.score).slice(0, beams);
}
