/** Segments of several modalities to one sequence of ids. */
import type { Segment, UnifiedVocabulary } from "./types";

/**
 * <begin> ids <end> of each segment, one after another, each id moved to its modality's range.
 * @param segments each a modality and its ids, from 0 to the modality's size − 1
 * @throws at a modality that the vocabulary doesn't have, or an id outside its modality, with the
 *   segment and the position
 */
export function packTokens(segments: Segment[], vocabulary: UnifiedVocabulary): number[] {
  const { modalities } = vocabulary;
  const packed: number[] = [];
  segments.forEach(({ modality, ids }, s) => {
    const range = Object.hasOwn(modalities, modality) ? modalities[modality] : undefined;
    if (!range) {
      const known = Object.keys(modalities).join(", ");
      throw new Error(
        `packTokens: expected a modality of ${known}, got "${modality}" in segment ${s}`,
      );
    }
    packed.push(range.begin);
    ids.forEach((id, position) => {
      if (!Number.isInteger(id) || id < 0 || id >= range.size) {
        throw new Error(
          `packTokens: expected ids of ${modality} from 0 to ${range.size - 1}, ` +
            `got ${id} at position ${position} of segment ${s}`,
        );
      }
      packed.push(range.offset + id);
    });
    packed.push(range.end);
  });
  return packed;
}
