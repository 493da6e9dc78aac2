/** crossoverLength: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { LLAMA, drawShape } from "./limitsCases";

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      title: "the feed-forward network is four times as wide as the model",
      args: [
        { layers: 12, width: 768, heads: 12, ffWidth: 3072, vocabulary: 50257, context: 1024 },
      ],
    },
    { group: "values", title: "a GPT-2 of a different shape", args: [drawShape(random)] },
    {
      group: "values",
      title: "keys and values are grouped",
      args: [drawShape(random, { kvHeads: 2 })],
    },
    {
      group: "values",
      title: "the feed-forward network is gated",
      args: [drawShape(random, { gated: true, ffWidth: 2 * random.int(25, 150) + 1 })],
    },
    { group: "values", title: "a Llama", args: [drawShape(random, { ...LLAMA, kvHeads: 1 })] },
    { group: "shapes", title: "there is one layer", args: [drawShape(random, { layers: 1 })] },
    {
      group: "errors",
      title: "heads doesn't divide the width",
      args: [drawShape(random, { width: 30, heads: 4 })],
      throws: "heads",
    },
  ],
  mutants: [
    {
      edits: [["return weights / (2 * C);", "return weights / C;"]],
      message: "Attention has two products of T · C for each token, scores and weighted sum.",
    },
    {
      edits: [["2 * C * C + 2 * C * kvHeads * D + (gated", "(gated"]],
      message: "The projections are missing: queries, keys, values and output are linear in T too.",
    },
    {
      edits: [["2 * C * kvHeads * D", "2 * C * C"]],
      message: "Grouped keys and values have kvHeads · D columns.",
    },
    {
      edits: [["(gated ? 3 : 2)", "2"]],
      message: "A gated feed-forward network has three matrices.",
    },
    {
      edits: [["return weights / (2 * C);", "return (weights + C * shape.vocabulary) / (2 * C);"]],
      message: "You count the head. Compare the parts of a layer: the head isn't in a layer.",
    },
    {
      edits: [["return weights / (2 * C);", "return weights / (2 * D);"]],
      message: "You compare with one head. There are H of them, and H · D = C.",
    },
    {
      edits: [["return weights / (2 * C);", "return Math.ceil(weights / (2 * C));"]],
      message: "Don't round: with three matrices, the length may end in a half.",
    },
    {
      edits: [["return weights / (2 * C);", "return weights / (4 * C);"]],
      message:
        "Attention counts twice. Its two products, scores and weighted sum, " +
        "are 2 · C for each token and each token that it reads.",
    },
  ],
};
export default exercise;
