/**
 * DNA as protein: three bases, a codon, stand for one amino acid. The code is the standard one,
 * NCBI's table 1.
 */
import { expectBases } from "./checks";
import { kmerTokens } from "./kmerTokens";

// given
/**
 * The amino acid of each codon, by its number: AAA is K, AAC is N and so on to TTT, F; * stops, and
 * X is a codon with N.
 */
const AMINO_ACIDS = "KNKNTTTTRSRSIIMIQHQHPPPPRRRRLLLLEDEDAAAAGGGGVVVV*Y*YSSSS*CWCLFLFX";

/**
 * The amino acids of the codons from the first base on, one letter each.
 * @param sequence of A, C, G, T and N, upper or lower case; one or two bases behind the last codon
 *   are left out
 * @returns a letter a codon: * for a stop, X for a codon with N
 * @throws at what is no base, with its position
 */
export function translateDna(sequence: string): string {
  expectBases("translateDna", sequence);
  // yours
  return Array.from(kmerTokens(sequence, 3, 3), (codon) => AMINO_ACIDS[codon]!).join("");
}
