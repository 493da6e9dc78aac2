/** For specs: ids and counts are whole numbers, of which the neighbours are wrong. */
import type { Tolerance } from "grader";

export const EXACT: Tolerance = {
  rtol: 0,
  atol: 0,
  why: "ids and counts are whole numbers: a neighbour is another token",
};
