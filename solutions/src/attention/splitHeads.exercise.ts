/** splitHeads: its cases and its typical mistakes. */
import type { Exercise, Random } from "grader";

/** A batch of drawn sizes, with the heads that divide its width. */
function drawWidth(random: Random) {
  const heads = random.int(2, 5);
  return [random.normal([random.int(1, 4), random.int(2, 7), heads * random.int(1, 5)]), heads];
}

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      title: "a batch is cut into two heads",
      args: [random.normal([2, 3, 8]), 2],
    },
    { group: "values", title: "three heads", args: [random.normal([1, 5, 6]), 3] },
    { group: "shapes", title: "there is one head", args: [random.normal([2, 3, 4]), 1] },
    { group: "shapes", title: "there is one token", args: [random.normal([2, 1, 6]), 2] },
    {
      group: "gradient",
      title: "x is differentiated",
      args: [random.normal([2, 3, 6]), 3],
      wrt: ["0"],
    },
    {
      group: "errors",
      title: "heads do not divide the width",
      args: [random.normal([1, 2, 8]), 3],
      throws: "heads",
    },
    { group: "shapes", title: "x of another size", args: drawWidth(random) },
    {
      group: "gradient",
      title: "x of another size is differentiated",
      args: drawWidth(random),
      wrt: ["0"],
    },
  ],
  mutants: [
    {
      edits: [
        ["return byToken.transpose([0, 2, 1, 3])", "return x.reshape([B, heads, T, C / heads])"],
      ],
      message:
        "The shape is right, but the numbers are mixed up: reshape doesn't move anything. " +
        "Cut the last axis in two first, then swap tokens and heads.",
    },
    {
      edits: [
        ["x.reshape([B, T, heads, C / heads])", "x.reshape([B, T, C / heads, heads])"],
        ["byToken.transpose([0, 2, 1, 3])", "byToken.transpose([0, 3, 1, 2])"],
      ],
      message:
        "You deal the features out to the heads like cards. " +
        "A head takes D features that are side by side: [B, T, H, D].",
    },
    {
      edits: [["byToken.transpose([0, 2, 1, 3])", "byToken"]],
      message:
        "The heads still come after the tokens, [B, T, H, D]. " +
        "Swap the two, so that each head is a matrix of its own.",
    },
    {
      edits: [["byToken.transpose([0, 2, 1, 3])", "byToken.transpose([0, 2, 3, 1])"]],
      message: "You swapped tokens and features too, [B, H, D, T]. The features stay last.",
    },
    {
      edits: [
        ["return byToken.transpose([0, 2, 1, 3]);", "return byToken.transpose([2, 0, 1, 3]);"],
      ],
      message: "The heads come before the batch. The batch stays first: [B, H, T, D].",
    },
    {
      edits: [
        [
          "return byToken.transpose([0, 2, 1, 3]);",
          "return x.transpose([0, 2, 1]).reshape([B, heads, T, C / heads]);",
        ],
      ],
      message:
        "You swap tokens and features and then reshape, so the rows of a head are features. " +
        "Cut the last axis in two first, then swap tokens and heads.",
    },
  ],
};
export default exercise;
