/**
 * BLEU (Papineni et al. 2002, doi:10.3115/1073083.1073135): how many runs of words a translation
 * shares with a reference.
 */

/**
 * Scores a corpus of translations: 100 · BP · exp(¼ Σ_{n = 1..4} log p_n).
 * p_n is the share of the candidates' n-grams that occur in their references, each counted at most
 * as often as in its own reference. BP = min(1, exp(1 − r / c)), for c candidate tokens and r
 * reference tokens in total. There is no smoothing: the score is 0 if some p_n is 0 or has no
 * n-gram to count.
 * @param candidates each a list of tokens
 * @param references one for each candidate
 * @returns from 0 to 100
 * @throws when there isn't one reference for each candidate
 */
export function bleu(candidates: string[][], references: string[][]): number {
  if (candidates.length !== references.length) {
    throw new Error(
      `bleu: expected references for ${candidates.length} candidates, got ${references.length}`,
    );
  }
  // yours
  const countGrams = (tokens: string[], n: number) => {
    const counts = new Map<string, number>();
    for (let i = 0; i + n <= tokens.length; i++) {
      const gram = JSON.stringify(tokens.slice(i, i + n));
      counts.set(gram, (counts.get(gram) ?? 0) + 1);
    }
    return counts;
  };
  const logPrecision = (n: number) => {
    let shared = 0;
    let all = 0;
    candidates.forEach((candidate, i) => {
      const held = countGrams(references[i]!, n);
      for (const [gram, count] of countGrams(candidate, n)) {
        shared += Math.min(count, held.get(gram) ?? 0);
        all += count;
      }
    });
    return shared === 0 ? -Infinity : Math.log(shared / all);
  };
  const tokensIn = (texts: string[][]) => texts.reduce((sum, tokens) => sum + tokens.length, 0);
  const c = tokensIn(candidates);
  const r = tokensIn(references);
  const brevity = Math.min(0, 1 - r / c);
  const mean = [1, 2, 3, 4].reduce((sum, n) => sum + logPrecision(n), 0) / 4;
  return c === 0 ? 0 : 100 * Math.exp(brevity + mean);
}
