/** For specs: ids and counts are whole numbers, so the next one is already wrong. */
import type { Tolerance } from "grader";

export const EXACT: Tolerance = {
  rtol: 0,
  atol: 0,
  reason: "ids and counts are whole numbers: the next one is another token",
};
