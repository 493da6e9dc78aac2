/** BigBird's blocks of attention, of which the same ones are drawn each time. */
import { bigBirdBlocks } from "solutions";

export const BLOCK = 64;

export function sparseBlocks(T) {
  const n = T / BLOCK;
  const uniform = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => (i * 7919 + j * 104729) % 1009),
  );
  return bigBirdBlocks(T, { block: BLOCK, window: 3, globals: 1, random: 2, uniform });
}
