/** mergeHeads: its cases and its typical mistakes. */
import type { Exercise, Random } from "grader";

/** Several heads of several tokens, [B, H, T, D]. */
const drawHeads = ({ int, normal }: Random) => normal([int(1, 4), int(2, 5), int(2, 6), int(1, 5)]);

const exercise: Exercise = {
  cases: (random) => [
    { group: "values", title: "two heads are merged", args: [random.normal([2, 2, 3, 4])] },
    { group: "values", title: "three heads are merged", args: [random.normal([1, 3, 5, 2])] },
    { group: "shapes", title: "there is one head", args: [random.normal([2, 1, 3, 4])] },
    { group: "shapes", title: "there is one token", args: [random.normal([2, 3, 1, 2])] },
    {
      group: "gradient",
      title: "x is differentiated",
      args: [random.normal([2, 3, 4, 2])],
      wrt: ["0"],
    },
    { group: "errors", title: "x has no heads", args: [random.normal([2, 3, 4])], throws: "x" },
    { group: "shapes", title: "x of another size", args: [drawHeads(random)] },
    {
      group: "gradient",
      title: "x of another size is differentiated",
      args: [drawHeads(random)],
      wrt: ["0"],
    },
  ],
  mutants: [
    {
      edits: [["x.transpose([0, 2, 1, 3])", "x"]],
      message:
        "The shape is right, but the numbers are mixed up: " +
        "the heads of one token are not side by side yet. Swap tokens and heads first.",
    },
    {
      edits: [["x.transpose([0, 2, 1, 3])", "x.transpose([0, 2, 3, 1])"]],
      message:
        "The heads are interleaved feature by feature. " +
        "Keep the features of one head together: [B, T, H, D], then [B, T, H·D].",
    },
    {
      edits: [["return byToken.reshape([B, T, H * D]);", "return byToken;"]],
      message: "The heads are still an axis of their own. Merge the last two axes into one of H·D.",
    },
    {
      edits: [["return byToken.reshape([B, T, H * D]);", "return byToken.sum(2);"]],
      message: "You add up the heads. Put them side by side; wo mixes them afterwards.",
    },
    {
      edits: [["x.transpose([0, 2, 1, 3])", "x.transpose([0, 3, 2, 1])"]],
      message:
        "You swap heads and features, so the rows are no tokens. " +
        "Swap heads and tokens: [0, 2, 1, 3].",
    },
    {
      edits: [["return byToken.reshape([B, T, H * D]);", "return byToken.mean(2);"]],
      message: "You average the heads. Put them side by side; wo mixes them afterwards.",
    },
  ],
};
export default exercise;
