/** Checks of arguments that the functions on DNA share. */

/** @throws unless sequence is a string of A, C, G, T and N, upper or lower case */
export function expectBases(fn: string, sequence: string): void {
  if (typeof sequence !== "string") {
    throw new Error(`${fn}: expected sequence to be a string, got ${String(sequence)}`);
  }
  const at = sequence.search(/[^ACGTN]/i);
  if (at < 0) return;
  const other = JSON.stringify(String.fromCodePoint(sequence.codePointAt(at)!));
  throw new Error(`${fn}: expected the bases A, C, G, T and N, got ${other} at position ${at}`);
}
