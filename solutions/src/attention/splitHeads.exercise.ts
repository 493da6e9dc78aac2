/** splitHeads: its cases and its typical mistakes. */
import type { Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      says: "two heads are cut from a batch",
      args: [random.normal([2, 3, 8]), 2],
    },
    { group: "values", says: "three heads are cut", args: [random.normal([1, 5, 6]), 3] },
    { group: "shapes", says: "there is one head", args: [random.normal([2, 3, 4]), 1] },
    { group: "shapes", says: "there is one token", args: [random.normal([2, 1, 6]), 2] },
    {
      group: "gradient",
      says: "x is differentiated",
      args: [random.normal([2, 3, 6]), 3],
      wrt: ["0"],
    },
    {
      group: "errors",
      says: "heads do not divide the width",
      args: [random.normal([1, 2, 8]), 3],
      throws: "heads",
    },
  ],
  mutants: [
    {
      edits: [
        [
          "x.reshape([B, T, heads, C / heads]).transpose([0, 2, 1, 3])",
          "x.reshape([B, heads, T, C / heads])",
        ],
      ],
      says:
        "The shape is right and the numbers are mixed up: reshape does not move anything. " +
        "Cut the last axis in two first, then swap tokens and heads.",
    },
    {
      edits: [
        [
          "x.reshape([B, T, heads, C / heads]).transpose([0, 2, 1, 3])",
          "x.reshape([B, T, C / heads, heads]).transpose([0, 3, 1, 2])",
        ],
      ],
      says:
        "The features are dealt out to the heads like cards. " +
        "A head takes D features that stand side by side: [B, T, H, D].",
    },
    {
      edits: [[".transpose([0, 2, 1, 3])", ""]],
      says:
        "The heads still stand behind the tokens, [B, T, H, D]. " +
        "Swap the two, so that each head is a matrix of its own.",
    },
    {
      edits: [[".transpose([0, 2, 1, 3])", ".transpose([0, 2, 3, 1])"]],
      says: "Tokens and features have changed places too, [B, H, D, T]. The features stay last.",
    },
  ],
};
export default exercise;
