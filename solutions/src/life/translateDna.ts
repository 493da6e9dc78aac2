/**
 * DNA to protein: three bases, a codon, stand for one amino acid. The genetic code is the standard
 * one, NCBI's table 1.
 */
import { expectBases } from "./checks";
import { kmerTokens } from "./kmerTokens";

/**
 * The amino acid of each codon by its number: AAA is K, AAC is N and so on to TTT, F. * is a stop,
 * and X is a codon with N.
 */
// given
const AMINO_ACIDS = "KNKNTTTTRSRSIIMIQHQHPPPPRRRRLLLLEDEDAAAAGGGGVVVV*Y*YSSSS*CWCLFLFX";

/**
 * The amino acids of the codons, starting at the first base, one letter each.
 * @param sequence of A, C, G, T and N, upper or lower case; one or two bases after the last codon
 *   are left out
 * @returns one letter per codon: * for a stop, X for a codon with N
 * @throws at a character that is not a base, with its position
 */
export function translateDna(sequence: string): string {
  expectBases("translateDna", sequence);
  // yours
  return Array.from(kmerTokens(sequence, 3, 3), (codon) => AMINO_ACIDS[codon]!).join("");
}
