/** decodeBases: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { EXACT } from "../shared/exact";

const exercise: Exercise = {
  cases: (random) => [
    { group: "values", title: "each id stands once", args: [[0, 1, 2, 3, 4]] },
    {
      group: "values",
      title: "ids come as an Int32Array",
      args: [Int32Array.from({ length: 60 }, () => random.int(0, 4))],
    },
    { group: "shapes", title: "there are no ids", args: [[]] },
    { group: "errors", title: "an id is too large", args: [[0, 3, 7]], throws: "position 2" },
    { group: "errors", title: "an id is negative", args: [[-1]], throws: "position 0" },
  ],
  mutants: [
    {
      edits: [['bases = "ACGTN"', 'bases = "ATGCN"']],
      message: "The order is A, C, G, T: 1 is C and 3 is T.",
    },
    {
      edits: [
        ["new TextDecoder().decode(letters)", "new TextDecoder().decode(letters).toLowerCase()"],
      ],
      message: "The bases come back in lower case. Write them in upper case.",
    },
    {
      edits: [["new TextDecoder().decode(letters)", "new TextDecoder().decode(letters.reverse())"]],
      message: "The sequence comes back reversed. Keep the order.",
    },
    {
      edits: [
        [
          "new TextDecoder().decode(letters)",
          'new TextDecoder().decode(letters).replaceAll("N", "")',
        ],
      ],
      message: "N is left out. A base that couldn't be read keeps its place.",
    },
  ],
  tolerance: EXACT,
};
export default exercise;
