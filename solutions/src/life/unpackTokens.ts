/** One sequence of ids back to segments of several modalities. */
import type { Segment, UnifiedVocabulary } from "./types";

/**
 * The inverse of packTokens. Padding is skipped wherever it occurs; everything else must be <begin>
 * ids <end>, with ids from the range of the segment's modality.
 * @throws at an id outside its segment's modality, an id outside all segments, or a segment without
 *   an end, with the position
 */
export function unpackTokens(ids: number[], vocabulary: UnifiedVocabulary): Segment[] {
  const ranges = Object.entries(vocabulary.modalities).map(([modality, range]) => ({
    modality,
    ...range,
  }));
  const opens = new Map(ranges.map((range) => [range.begin, range]));
  // yours
  const segments: Segment[] = [];
  let open: (typeof ranges)[number] | undefined;
  let inside: number[] = [];
  for (const [position, id] of ids.entries()) {
    if (id === 0) continue; // padding
    if (!open) {
      open = opens.get(id);
      if (!open) {
        throw new Error(
          `unpackTokens: expected the begin of a segment, got ${id} at position ${position}`,
        );
      }
    } else if (id === open.end) {
      segments.push({ modality: open.modality, ids: inside });
      open = undefined;
      inside = [];
    } else {
      const { modality, offset, size, end } = open;
      if (!Number.isInteger(id) || id < offset || id >= offset + size) {
        throw new Error(
          `unpackTokens: expected ids of ${modality}, ${offset} to ${offset + size - 1}, ` +
            `or its end ${end}, got ${id} at position ${position}`,
        );
      }
      inside.push(id - offset);
    }
  }
  if (open) {
    throw new Error(
      `unpackTokens: expected the end of ${open.modality}, ${open.end}, ` +
        `got no more ids at position ${ids.length}`,
    );
  }
  return segments;
}
