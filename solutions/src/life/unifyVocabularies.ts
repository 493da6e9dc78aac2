/**
 * One vocabulary for all kinds of tokens, so that a model that reads ids can read text, images, DNA
 * and cells.
 */
import type { UnifiedVocabulary } from "./types";

/**
 * Gives each modality its own range of ids: 0 is padding, then, modality by modality, <begin>,
 * <end> and `size` ids. Token t of a modality gets the id offset + t.
 * @param modalities the name of each and its number of tokens, at least 1
 * @returns the number of all ids, and for each modality its first id `offset`, its `size` and the
 *   ids of its `begin` and `end`
 * @throws when a name is empty or occurs twice, or a size is not a whole number of at least 1
 */
export function unifyVocabularies(modalities: { name: string; size: number }[]): UnifiedVocabulary {
  const ranges = new Map<string, UnifiedVocabulary["modalities"][string]>();
  let next = 1; // 0 is padding
  for (const { name, size } of modalities) {
    if (typeof name !== "string" || name === "") {
      const got = JSON.stringify(name);
      throw new Error(`unifyVocabularies: expected each modality to have a name, got ${got}`);
    }
    if (ranges.has(name)) {
      throw new Error(`unifyVocabularies: expected names that differ, got "${name}" twice`);
    }
    if (!Number.isInteger(size) || size < 1) {
      throw new Error(
        `unifyVocabularies: expected size of "${name}" to be a whole number of at least 1, ` +
          `got ${size}`,
      );
    }
    ranges.set(name, { offset: next + 2, size, begin: next, end: next + 1 });
    next += 2 + size;
  }
  return { size: next, modalities: Object.fromEntries(ranges) };
}
