/** Ids of bases back to text. */

/**
 * The inverse of encodeBases, in upper case.
 * @param ids each from 0 to 4
 * @throws at an id that stands for no base, with its position
 */
export function decodeBases(ids: ArrayLike<number>): string {
  const bases = "ACGTN";
  const letters = new Uint8Array(ids.length);
  for (let i = 0; i < letters.length; i++) {
    const id = ids[i]!;
    const letter = bases.charCodeAt(id);
    if (!Number.isInteger(id) || Number.isNaN(letter)) {
      const last = bases.length - 1;
      throw new Error(`decodeBases: expected ids from 0 to ${last}, got ${id} at position ${i}`);
    }
    letters[i] = letter;
  }
  return new TextDecoder().decode(letters);
}
