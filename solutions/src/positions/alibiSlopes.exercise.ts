/** alibiSlopes: its cases and its typical mistakes. */
import type { Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => [
    { group: "values", says: "the heads are a power of two", args: [random.pick([4, 8, 16])] },
    { group: "values", says: "the heads are three", args: [3] },
    { group: "values", says: "the heads are no power of two", args: [random.pick([6, 7, 12, 20])] },
    { group: "shapes", says: "there is one head", args: [1] },
    { group: "errors", says: "there are no heads", args: [0], throws: "heads" },
  ],
  mutants: [
    {
      edits: [["(-8 * (h + 1)) / n", "(-8 * h) / n"]],
      says: "The first slope is 1. The exponents start at −8/H, not at 0.",
    },
    {
      edits: [["(-8 * (h + 1)) / n", "-(h + 1)"]],
      says:
        "The slopes halve for every number of heads. They fall by 2^(−8/H), so that the last " +
        "is 2⁻⁸ for every H.",
    },
    {
      edits: [["2 ** Math.floor(Math.log2(heads))", "heads"]],
      says:
        "The formula is used for every number of heads. " +
        "For H not a power of two the paper's code takes the power of two below it and fills " +
        "up from the next one.",
    },
    {
      edits: [["h % 2 === 0", "h % 2 === 1"]],
      says:
        "The slopes that fill up are those that are there already: " +
        "every other one of the larger set, starting with the first, is new.",
    },
    {
      edits: [["geometric(2 * power).filter((_, h) => h % 2 === 0)", "geometric(2 * power)"]],
      says: "Take only every other one of the larger set, or slopes appear twice.",
    },
    {
      edits: [
        [
          "return tf.tensor([...geometric(power), ...between.slice(0, heads - power)]",
          "return tf.tensor(geometric(power === heads ? power : 2 * power).slice(0, heads)",
        ],
      ],
      says:
        "These are the first slopes of the next larger power of two. " +
        "Take all slopes of the power of two below H first, then fill up.",
    },
    {
      edits: [
        [
          "[...geometric(power), ...between.slice(0, heads - power)]",
          "[...geometric(power), ...between.slice(0, heads - power)].sort((a, b) => b - a)",
        ],
      ],
      says: "The slopes are sorted. Those that fill up stand behind the others.",
    },
  ],
};
export default exercise;
