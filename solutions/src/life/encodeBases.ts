/** DNA as ids: each base is a token. */

/**
 * The id of each base. N is a base that couldn't be read; lower case, which marks repeats in genome
 * files, counts as upper case.
 * @param sequence of A, C, G, T and N
 * @returns one id per base, A 0, C 1, G 2, T 3, N 4
 * @throws when sequence is not a string or holds anything else, with its position, counted from 0
 */
export function encodeBases(sequence: string): Int32Array {
  if (typeof sequence !== "string") {
    const got = sequence === null ? "null" : typeof sequence;
    throw new Error(`encodeBases: expected sequence to be a string, got ${got}`);
  }
  // yours
  const letters = "ACGTNacgtn";
  const ids = new Int32Array(sequence.length);
  for (let i = 0; i < ids.length; i++) {
    const at = letters.indexOf(sequence[i]!);
    if (at < 0) {
      const got = JSON.stringify(String.fromCodePoint(sequence.codePointAt(i)!));
      throw new Error(
        `encodeBases: expected the bases A, C, G, T and N, got ${got} at position ${i}`,
      );
    }
    ids[i] = at % 5;
  }
  return ids;
}
