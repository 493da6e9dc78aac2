/**
 * A row of an alignment in the A2M format as tokens: what a protein model reads, and where each
 * token stands in the alignment.
 */

/**
 * Ids of hemopexin-esm: padding, begin, end, mask, then the twenty amino acids by their letters.
 */
export const RESIDUES = ["<pad>", "<cls>", "<eos>", "<mask>", ..."ACDEFGHIKLMNPQRSTVWY"];

/**
 * Capital letters and gaps stand in columns, small letters between them; the model sees neither
 * gaps nor columns.
 * @param row such as "KVDAVFe-DGKLYLF"
 * @returns ids with <cls> in front and <eos> behind; the column of each, −1 for the two and for
 *   small letters
 * @throws when a letter is no amino acid
 */
export function alignedTokens(row: string): { ids: number[]; columns: number[] } {
  const ids = [1];
  const columns = [-1];
  let column = 0;
  for (const letter of row) {
    const capital = letter.toUpperCase();
    const id = RESIDUES.indexOf(capital);
    if (letter !== "-") {
      if (id < 4) {
        throw new Error(
          `alignedTokens: expected amino acids and gaps, got ${JSON.stringify(letter)}`,
        );
      }
      ids.push(id);
      columns.push(letter === capital ? column : -1);
    }
    if (letter === capital) column++;
  }
  return { ids: [...ids, 2], columns: [...columns, -1] };
}
