/**
 * A row of an alignment in A2M format as tokens: what a protein model reads, and which column of
 * the alignment each token is in.
 */

/** Tokens of hemopexin-esm: padding, begin, end, mask, then the letters of twenty amino acids. */
export const RESIDUES = ["<pad>", "<cls>", "<eos>", "<mask>", ..."ACDEFGHIKLMNPQRSTVWY"];
const [BEGIN, END, FIRST_AMINO] = [1, 2, 4];

/**
 * Turns a row into ids. Capital letters and gaps are in columns, lowercase letters between them;
 * the model sees neither gaps nor columns.
 * @param row such as "KVDAVFe-DGKLYLF"
 * @returns ids from <cls> to <eos>; the column of each, −1 for these two and lowercase letters
 * @throws when a letter isn't an amino acid
 */
export function alignedTokens(row: string): { ids: number[]; columns: number[] } {
  const ids = [BEGIN];
  const columns = [-1];
  let column = 0;
  for (const letter of row) {
    const capital = letter.toUpperCase();
    const inColumn = letter === capital; // a gap too
    if (letter !== "-") {
      const id = RESIDUES.indexOf(capital);
      if (id < FIRST_AMINO) {
        const got = JSON.stringify(letter);
        throw new Error(`alignedTokens: expected amino acids and gaps, got ${got}`);
      }
      ids.push(id);
      columns.push(inColumn ? column : -1);
    }
    if (inColumn) column++;
  }
  return { ids: [...ids, END], columns: [...columns, -1] };
}
