/**
 * The other strand of a double helix. A pairs with T and C with G, and the two strands run in
 * opposite directions.
 */

/**
 * The sequence read backward, each base replaced by its partner; N stays N. Case is kept, as in
 * Biopython, so that applying it twice gives the sequence back.
 * @param sequence of A, C, G, T and N, upper or lower case
 * @throws when sequence is not a string or holds anything else, with its position, counted from 0
 */
export function reverseComplement(sequence: string): string {
  if (typeof sequence !== "string") {
    const got = sequence === null ? "null" : typeof sequence;
    throw new Error(`reverseComplement: expected sequence to be a string, got ${got}`);
  }
  // yours
  const letters = "ACGTNacgtn";
  const partners = "TGCANtgcan";
  const other = new Uint8Array(sequence.length);
  for (let i = 0; i < sequence.length; i++) {
    const at = letters.indexOf(sequence[i]!);
    if (at < 0) {
      const got = JSON.stringify(String.fromCodePoint(sequence.codePointAt(i)!));
      throw new Error(
        `reverseComplement: expected the bases A, C, G, T and N, got ${got} at position ${i}`,
      );
    }
    other[sequence.length - 1 - i] = partners.charCodeAt(at);
  }
  return new TextDecoder().decode(other);
}
