/** countParameters: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { COUNTED, LLAMA, drawShape } from "./limitsCases";

const GPT2_SMALL = {
  layers: 12,
  width: 768,
  heads: 12,
  ffWidth: 3072,
  vocabulary: 50257,
  context: 1024,
};

const exercise: Exercise = {
  cases: (random) => [
    { group: "values", title: "GPT-2 small has 124,439,808", args: [GPT2_SMALL] },
    { group: "values", title: "a GPT-2 of a different shape", args: [drawShape(random)] },
    {
      group: "values",
      title: "the head isn't tied",
      args: [drawShape(random, { tiedHead: false })],
    },
    {
      group: "values",
      title: "there are no learned positions",
      args: [drawShape(random, { learnedPositions: false })],
    },
    { group: "values", title: "there are no biases", args: [drawShape(random, { biases: false })] },
    { group: "values", title: "gated, with biases", args: [drawShape(random, { gated: true })] },
    {
      group: "values",
      title: "keys and values are grouped, with biases",
      args: [drawShape(random, { kvHeads: 2 })],
    },
    { group: "values", title: "a Llama", args: [drawShape(random, { ...LLAMA, kvHeads: 2 })] },
    {
      group: "shapes",
      title: "one layer, one head",
      args: [drawShape(random, { layers: 1, heads: 1 })],
    },
    {
      group: "errors",
      title: "heads doesn't divide the width",
      args: [drawShape(random, { width: 30, heads: 4 })],
      throws: "heads",
    },
    {
      group: "errors",
      title: "kvHeads doesn't divide heads",
      args: [drawShape(random, { kvHeads: 3 })],
      throws: "kvHeads",
    },
    {
      group: "values",
      title: "a table has more than 2³¹ numbers",
      args: [
        { layers: 2, width: 16384, heads: 8, ffWidth: 65536, vocabulary: 262144, context: 8192 },
      ],
    },
  ],
  mutants: [
    {
      edits: [["const head = tiedHead ? 0 : C * V;", "const head = C * V;"]],
      message:
        "A tied head reuses the table of tokens, so it has no weights of its own. " +
        "Count it only if tiedHead is false.",
    },
    {
      edits: [
        [
          "layers * (2 * norm + attention + feedForward) + norm + head",
          "layers * (2 * norm + attention + feedForward) + head",
        ],
      ],
      message: "The last norm, between the last layer and the head, is missing.",
    },
    {
      edits: [["layers * (2 * norm +", "layers * (norm +"]],
      message:
        "A layer has two norms, " +
        "one before the attention and one before the feed-forward network.",
    },
    {
      edits: [["2 * matrix(C, kvHeads * D)", "2 * matrix(C, C)"]],
      message:
        "Keys and values are as wide as queries. " +
        "With grouped heads they have kvHeads · D columns.",
    },
    {
      edits: [["+ (biases ? dOut : 0)", ""]],
      message: "The biases of the matrices are missing: each has one number per column.",
    },
    {
      edits: [["+ (biases ? dOut : 0)", "+ (biases ? dIn : 0)"]],
      message: "A bias is as wide as its matrix's output, not its input.",
    },
    {
      edits: [["(gated ? 2 : 1) * matrix(C, F)", "matrix(C, F)"]],
      message:
        "A gated feed-forward network has three matrices: " +
        "gate and up lead to F, down leads back.",
    },
    {
      edits: [["(learnedPositions ? M * C : 0)", "0"]],
      message:
        "The table of positions is missing: one row of C numbers for each of the M positions.",
    },
    {
      edits: [["biases ? 2 * C : C", "2 * C"]],
      message: "Without biases, a norm has only gamma, no beta.",
    },
    {
      edits: [["biases ? 2 * C : C", "C"]],
      message: "A norm has gamma and, with biases, beta: twice C numbers.",
    },
    {
      edits: [["tiedHead ? 0 : C * V", "tiedHead ? 0 : 0"]],
      message: "The head is never counted. It has C·V weights of its own unless it is tied.",
    },
    {
      edits: [
        [
          "matrix(C, C) + 2 * matrix(C, kvHeads * D) + matrix(C, C)",
          "2 * C * C + 2 * C * kvHeads * D",
        ],
      ],
      message:
        "The biases of the attention are missing: with biases, each of its four matrices has " +
        "one as wide as its output.",
    },
    {
      edits: [["(gated ? 2 : 1) * matrix(C, F) + matrix(F, C)", "(gated ? 3 : 2) * C * F"]],
      message:
        "The biases of the feed-forward network are missing: with biases, each of its matrices " +
        "has one as wide as its output.",
    },
    {
      edits: [["layers * (2 * norm", "Math.min(1, layers) * (2 * norm"]],
      message: "Only one layer is counted. Multiply what a layer has by the number of layers.",
    },
    {
      edits: [["2 * matrix(C, kvHeads * D)", "matrix(C, kvHeads * D)"]],
      message: "Only one of keys and values is counted: each has a matrix of C · G·D.",
    },
  ],
  tolerance: COUNTED,
};
export default exercise;
