/**
 * Edit distance (Levenshtein 1966), by the table of Wagner & Fischer 1974,
 * doi:10.1145/321796.321811.
 */

/**
 * The smallest number of insertions, deletions and replacements of a token that turn a into b.
 * @param a tokens: letters, sounds, words or ids
 * @param b tokens
 */
export function editDistance(a: (string | number)[], b: (string | number)[]): number {
  // yours
  let row = Array.from({ length: b.length + 1 }, (_, j) => j); // from nothing to the first j of b
  a.forEach((token, i) => {
    const next = [i + 1];
    b.forEach((other, j) => {
      const replaced = row[j]! + (token === other ? 0 : 1);
      next.push(Math.min(next[j]! + 1, row[j + 1]! + 1, replaced));
    });
    row = next;
  });
  return row[b.length]!;
}
