/** Segments of several modalities as one sequence of ids. */
import type { Segment, UnifiedVocabulary } from "./types";

/**
 * <begin> ids <end> of each segment, one after another, each id moved to its modality's range.
 * @param segments modality and ids of each, every id from 0 to the modality's size − 1
 * @throws at a modality that the vocabulary does not have, or an id outside its modality, with its
 *   segment and position
 */
export function packTokens(segments: Segment[], vocabulary: UnifiedVocabulary): number[] {
  const packed: number[] = [];
  segments.forEach(({ modality, ids }, s) => {
    const range = Object.hasOwn(vocabulary.modalities, modality)
      ? vocabulary.modalities[modality]
      : undefined;
    if (!range) {
      throw new Error(
        "packTokens: expected a modality of " +
          `${Object.keys(vocabulary.modalities).join(", ")}, got "${modality}" in segment ${s}`,
      );
    }
    packed.push(range.begin);
    ids.forEach((id, position) => {
      if (!Number.isInteger(id) || id < 0 || id >= range.size) {
        throw new Error(
          `packTokens: expected ids of ${modality} from 0 to ${range.size - 1}, got ${id} at ` +
            `position ${position} of segment ${s}`,
        );
      }
      packed.push(range.offset + id);
    });
    packed.push(range.end);
  });
  return packed;
}
