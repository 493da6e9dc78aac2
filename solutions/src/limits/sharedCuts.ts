/** Does a tokenizer cut a sequence at the same places if the sequence begins a little later? */

/**
 * The cuts that two readings of a sequence have in common, as a share of all cuts that either makes
 * (Jaccard). The second reading begins `shift` units later. Only places inside what both have read
 * count, so neither the start of the second nor the end of the shorter one is a cut.
 * @param first lengths of the tokens of the first reading, whole numbers of at least 1
 * @param second lengths of the tokens of the second reading
 * @param shift where the second begins, in units of the first, default 0
 * @returns 0 (no cut in common) to 1 (the same cuts); 1 if neither cuts
 * @throws when a length isn't a whole number of at least 1, or shift isn't one of at least 0
 */
export function sharedCuts(first: number[], second: number[], shift = 0): number {
  for (const [name, lengths] of Object.entries({ first, second })) {
    const wrong = lengths.findIndex((n) => !Number.isInteger(n) || n < 1);
    if (wrong >= 0) {
      throw new Error(
        `sharedCuts: expected ${name} to hold whole numbers of at least 1, ` +
          `got ${lengths[wrong]} at position ${wrong}`,
      );
    }
  }
  if (!Number.isInteger(shift) || shift < 0) {
    throw new Error(`sharedCuts: expected shift to be a whole number of at least 0, got ${shift}`);
  }
  // yours
  const ends = (lengths: number[], start: number) => {
    let at = start;
    return lengths.map((n) => (at += n));
  };
  const [a, b] = [ends(first, 0), ends(second, shift)];
  const end = Math.min(a.at(-1) ?? 0, b.at(-1) ?? shift);
  const inside = (cuts: number[]) => cuts.filter((cut) => cut > shift && cut < end);
  const [cutsA, cutsB] = [new Set(inside(a)), inside(b)];
  const shared = cutsB.filter((cut) => cutsA.has(cut)).length;
  const either = cutsA.size + cutsB.length - shared;
  return either === 0 ? 1 : shared / either;
}
