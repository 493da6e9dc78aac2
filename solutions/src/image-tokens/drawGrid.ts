import type { Random } from "grader";

/** Draws the side of a patch, and how many images, rows and columns of patches, and channels. */
export const drawGrid = (random: Random) => ({
  patch: random.int(2, 3),
  B: random.int(1, 3),
  rows: random.int(2, 5),
  columns: random.int(2, 5),
  C: random.int(1, 4),
});
