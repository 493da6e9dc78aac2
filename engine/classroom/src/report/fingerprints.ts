/**
 * Winnowing (Schleimer, Wilkerson, Aiken: "Winnowing: local algorithms for document fingerprinting",
 * SIGMOD 2003): of each window of `WINDOW` neighboring runs of `RUN` tokens, the smallest hash is
 * kept. Two texts that share `RUN + WINDOW - 1` tokens in a row share at least one.
 */

/** Tokens in a run: two lines of a formula share fewer by chance. */
export const RUN = 12;
export const WINDOW = 5;

/** 53 bits of a run's tokens. */
function hashOf(tokens: number[], start: number): number {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (let i = start; i < start + RUN; i++) {
    a = Math.imul(a ^ tokens[i]!, 0x01000193);
    b = Math.imul(b ^ tokens[i]!, 0x85ebca6b);
    b ^= b >>> 13;
  }
  return (a >>> 0) * 2 ** 21 + (b >>> 11);
}

/** The hashes of all runs, for code that is subtracted. */
export function allRuns(tokens: number[]): number[] {
  const count = Math.max(0, tokens.length - RUN + 1);
  return Array.from({ length: count }, (_, i) => hashOf(tokens, i));
}

/** The hashes that winnowing keeps; the rightmost of equal ones. */
export function fingerprints(tokens: number[]): Set<number> {
  const hashes = allRuns(tokens);
  const kept = new Set<number>();
  for (let end = Math.min(WINDOW, hashes.length); end <= hashes.length && end > 0; end++) {
    let least = hashes[end - 1]!;
    for (let i = end - 2; i >= Math.max(0, end - WINDOW); i--) {
      if (hashes[i]! < least) least = hashes[i]!;
    }
    kept.add(least);
  }
  return kept;
}
