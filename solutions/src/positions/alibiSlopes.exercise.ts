/** alibiSlopes: its cases and its typical mistakes. */
import type { Exercise, Random } from "grader";

/** A number of heads between two powers of two: from 33 to 4,095. */
function manyHeads({ int }: Random): number {
  const power = 2 ** int(5, 11);
  return power + int(1, power - 1);
}

const exercise: Exercise = {
  cases: (random) => [
    { group: "values", title: "a power of two", args: [random.pick([4, 8, 16])] },
    { group: "values", title: "three heads", args: [3] },
    { group: "values", title: "not a power of two", args: [random.pick([6, 7, 12, 20])] },
    { group: "values", title: "there are many heads", args: [manyHeads(random)] },
    { group: "shapes", title: "there is one head", args: [1] },
    { group: "errors", title: "there are no heads", args: [0], throws: "heads" },
    { group: "shapes", title: "another number of heads", args: [random.int(2, 2000)] },
  ],
  mutants: [
    {
      edits: [["(-8 * (h + 1)) / n", "(-8 * h) / n"]],
      message: "The first slope is 1. The exponents start at −8/H, not at 0.",
    },
    {
      edits: [["(-8 * (h + 1)) / n", "-(h + 1)"]],
      message:
        "Your slopes halve whatever the number of heads. " +
        "They fall by 2^(−8/H), so that the last one is 2⁻⁸ for every H.",
    },
    {
      edits: [["2 ** Math.floor(Math.log2(heads))", "heads"]],
      message:
        "You use the formula for every number of heads. If H is not a power of two, " +
        "the paper's code takes the power of two below it and fills up from the next one.",
    },
    {
      edits: [["h % 2 === 0", "h % 2 === 1"]],
      message:
        "You fill up with slopes that are already there. " +
        "Every other slope of the larger set, starting with the first, is new.",
    },
    {
      edits: [["geometric(2 * power).filter((_, h) => h % 2 === 0)", "geometric(2 * power)"]],
      message: "Take only every other slope of the larger set, or slopes appear twice.",
    },
    {
      edits: [
        [
          "[...geometric(power), ...between.slice(0, heads - power)]",
          "geometric(power === heads ? power : 2 * power).slice(0, heads)",
        ],
      ],
      message:
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
      message: "You sort the slopes. Those that fill up come after the others.",
    },
    {
      edits: [
        ["2 ** ((-8 * (h + 1)) / n)", "2 ** -(h + 1)"],
        ["2 ** Math.floor(Math.log2(heads))", "heads"],
      ],
      message:
        "Your slopes halve whatever the number of heads. " +
        "They fall by 2^(−8/H), so that the last one is 2⁻⁸ where H is a power of two.",
    },
    {
      edits: [
        ["geometric(2 * power).filter((_, h) => h % 2 === 0)", "geometric(2 * power).slice(power)"],
      ],
      message:
        "You fill up with the last slopes of the larger set. " +
        "Take every other one, starting with the first.",
    },
    {
      edits: [["2 ** ((-8 * (h + 1)) / n)", "Math.exp((-8 * (h + 1)) / n)"]],
      message: "You take powers of e. The slopes are powers of 2.",
    },
  ],
};
export default exercise;
