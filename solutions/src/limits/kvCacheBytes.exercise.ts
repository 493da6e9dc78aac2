/** kvCacheBytes: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { COUNTED, drawShape } from "./limitsCases";

const exercise: Exercise = {
  cases: (random) => [
    { group: "values", title: "a GPT-2", args: [drawShape(random), 20] },
    {
      group: "values",
      title: "keys and values are grouped",
      args: [drawShape(random, { kvHeads: 2 }), 20],
    },
    { group: "values", title: "numbers have sixteen bits", args: [drawShape(random), 33, 2] },
    {
      group: "values",
      title: "numbers have four bits",
      args: [drawShape(random, { kvHeads: 2 }), 30, 0.5],
    },
    { group: "shapes", title: "nothing has been read yet", args: [drawShape(random), 0] },
    { group: "shapes", title: "there is one token", args: [drawShape(random, { kvHeads: 1 }), 1] },
    { group: "errors", title: "half a token", args: [drawShape(random), 0.5], throws: "tokens" },
    {
      group: "errors",
      title: "numbers without bytes",
      args: [drawShape(random), 5, 0],
      throws: "bytesPerValue",
    },
    {
      group: "values",
      title: "more than 2³¹ bytes",
      args: [drawShape(random), 10 ** 8 + random.int(1, 999)],
    },
    {
      group: "values",
      title: "a number has 4.5 bits, as in Q4_0",
      args: [drawShape(random, { layers: 1, kvHeads: 1 }), 7, 0.5625],
    },
    {
      group: "shapes",
      title: "another number of tokens",
      args: [drawShape(random), random.int(2, 5000)],
    },
    {
      group: "property",
      title: "an even number of tokens",
      args: [drawShape(random), 2 * random.int(20, 2000)],
    },
  ],
  mutants: [
    {
      edits: [["return 2 * layers", "return layers"]],
      message: "Both are kept, keys and values: twice as much.",
    },
    {
      edits: [["layers * kvHeads * D", "kvHeads * D"]],
      message: "Each layer has a cache of its own.",
    },
    {
      edits: [["kvHeads * D * tokens", "shape.width * tokens"]],
      message:
        "Only the kvHeads groups are kept, not one key for each query head. " +
        "That is what grouped queries are for.",
    },
    {
      edits: [["tokens * bytesPerValue", "tokens * 4"]],
      message: "A number takes bytesPerValue bytes; four is only the default.",
    },
    {
      edits: [["tokens * bytesPerValue", "tokens * Math.ceil(bytesPerValue)"]],
      message: "Four-bit numbers take half a byte each. Don't round.",
    },
    {
      edits: [["D * tokens * bytesPerValue", "D * tokens * tokens * bytesPerValue"]],
      message:
        "The cache grows with the tokens, not with their square: " +
        "the T × T weights are never kept.",
    },
    {
      edits: [["kvHeads * D", "kvHeads"]],
      message: "D is missing: each key and each value is D numbers wide.",
    },
    {
      edits: [["tokens * bytesPerValue", "tokens * bytesPerValue * 8"]],
      message: "The result is in bits, eight times too much. bytesPerValue is in bytes already.",
    },
    {
      edits: [["tokens * bytesPerValue", "(tokens * bytesPerValue) / 8"]],
      message: "You divide by 8. bytesPerValue is in bytes already, not in bits.",
    },
    {
      edits: [["2 * layers * kvHeads", "2 * layers * shape.heads * kvHeads"]],
      message:
        "heads doesn't belong here: a layer keeps kvHeads keys and values of width D for each " +
        "token.",
    },
  ],
  tolerance: COUNTED,
};
export default exercise;
