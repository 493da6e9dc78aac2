/**
 * DNA as words of k bases, as DNABERT reads it (Ji et al. 2021,
 * doi:10.1093/bioinformatics/btab083).
 */
import { expectBases } from "./checks";
import { encodeBases } from "./encodeBases";

/**
 * The base-4 number of each k-mer, with A 0, C 1, G 2, T 3 and the first base most significant, or
 * 4^k for a k-mer that holds N. One number can be carried from base to base, whatever k is.
 * @param sequence of A, C, G, T and N, upper or lower case
 * @param k bases per token, 1 to 15
 * @param stride bases from one token to the next: 1 overlaps, k does not; bases after the last
 *   whole k-mer are left out
 * @returns ⌊(bases − k) / stride⌋ + 1 tokens, none where the sequence is shorter than k
 * @throws when k or stride is out of range, or at a character that is not a base, with its position
 */
export function kmerTokens(sequence: string, k: number, stride = 1): Int32Array {
  if (!Number.isInteger(k) || k < 1 || k > 15) {
    throw new Error(
      "kmerTokens: expected k to be a whole number from 1 to 15, " +
        `so that tokens fit into 32 bits, got ${k}`,
    );
  }
  if (!Number.isInteger(stride) || stride < 1) {
    throw new Error(
      `kmerTokens: expected stride to be a whole number of at least 1, got ${stride}`,
    );
  }
  expectBases("kmerTokens", sequence);
  // yours
  const bases = encodeBases(sequence);
  const kinds = 4 ** k;
  const tokens = new Int32Array(Math.max(0, Math.floor((bases.length - k) / stride) + 1));
  let number = 0;
  let lastN = -1;
  for (let i = 0; i < bases.length; i++) {
    if (bases[i] === 4) lastN = i;
    // the oldest base leaves on the left, the new one enters on the right
    number = (number * 4 + bases[i]!) % kinds;
    const start = i - k + 1;
    if (start >= 0 && start % stride === 0) {
      tokens[start / stride] = lastN >= start ? kinds : number;
    }
  }
  return tokens;
}
