/**
 * Patches of bytes that begin where a small model is unsure (Byte Latent Transformer, Pagnoni et
 * al. 2024, arXiv:2412.09871, §2.3).
 */
import { expectCount } from "../shared/shapes";

/**
 * Where patches begin. The first byte begins one. Byte t begins another if one of these holds:
 *   entropies[t] > threshold,  entropies[t] − entropies[t − 1] > jump,
 *   the patch before it has `longest` bytes already
 * A rule that isn't given never holds.
 * @param entropies for each byte, how unsure a model is of it before it reads it
 * @param options threshold, jump: any numbers; longest: a whole number from 1 on
 * @returns the places of the first bytes, ascending; none for no bytes
 * @throws when longest is out of range
 */
export function entropyPatches(
  entropies: number[],
  options: { threshold?: number; jump?: number; longest?: number },
): number[] {
  const { threshold = Infinity, jump = Infinity, longest = Infinity } = options;
  if (longest !== Infinity) expectCount("entropyPatches", "longest", longest);
  // yours
  const starts: number[] = [];
  entropies.forEach((entropy, t) => {
    const isFull = t - starts.at(-1)! >= longest;
    const isUnsure = entropy > threshold || entropy - entropies[t - 1]! > jump;
    if (t === 0 || isUnsure || isFull) starts.push(t);
  });
  return starts;
}
