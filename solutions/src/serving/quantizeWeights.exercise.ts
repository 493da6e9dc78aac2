/** quantizeWeights: its cases and its typical mistakes. */
import type { Exercise, Random } from "grader";

/** A matrix of plain numbers. */
const drawn = (random: Random, I: number, O: number) =>
  Array.from({ length: I }, () => Array.from({ length: O }, () => 4 * random.next() - 2));

const exercise: Exercise = {
  cases: (random) => {
    const w = drawn(random, 6, 4);
    return [
      { group: "values", title: "bits aren't given", args: [w] },
      { group: "values", title: "there are 4 bits", args: [w, { bits: 4 }] },
      { group: "values", title: "there are 2 bits", args: [drawn(random, 9, 3), { bits: 2 }] },
      {
        group: "values",
        title: "one column is a thousand times as large",
        args: [w.map(([a, b]) => [a!, 1000 * b!])],
      },
      {
        group: "values",
        title: "the largest number is negative",
        args: [
          [
            [-2.5, 0.3],
            [1, -0.7],
            [0.4, 0.2],
          ],
        ],
      },
      {
        group: "property",
        title: "a column is zero",
        args: [
          [
            [0, 1],
            [0, -0.4],
          ],
        ],
      },
      {
        group: "property",
        title: "the weights of a column are tiny",
        args: [w.map(([a, b]) => [1e-12 * a!, b!])],
      },
      {
        group: "property",
        title: "one weight is so large that the others become 0",
        args: [[[1000], [0.5], [-1.5]]],
      },
      { group: "shapes", title: "there is one row", args: [drawn(random, 1, 5)] },
      { group: "shapes", title: "there is one column", args: [drawn(random, 5, 1), { bits: 3 }] },
      { group: "errors", title: "bits is 9", args: [w, { bits: 9 }], throws: "bits" },
      { group: "errors", title: "rows differ in length", args: [[[1, 2], [3]]], throws: "w" },
    ];
  },
  mutants: [
    {
      edits: [["Math.abs(row[o]!)", "row[o]!"]],
      message:
        "The scale follows the largest weight, not the largest absolute value, so a large " +
        "negative weight doesn't fit.",
    },
    {
      edits: [["Math.round(x / scale[o]!)", "Math.trunc(x / scale[o]!)"]],
      message: "You cut off what follows the point. Round to the nearest whole number.",
    },
    {
      edits: [["Math.round(x / scale[o]!)", "Math.floor(x / scale[o]!)"]],
      message: "You round down. Round to the nearest whole number.",
    },
    {
      edits: [["scale[o] === 0 ? 0 : ", ""]],
      message: "A column of zeros is divided by a scale of 0, which gives NaN. Its numbers are 0.",
    },
    {
      edits: [
        [
          "w[0]!.map((_, o) => Math.max(...w.map((row) => Math.abs(row[o]!))) / m)",
          "w[0]!.map(() => Math.max(...w.flat().map((x) => Math.abs(x))) / m)",
        ],
      ],
      message: "All columns have one scale. Each output's column has its own.",
    },
    {
      edits: [["Math.abs(row[o]!))) / m);", "Math.abs(row[o]!))) / (m + 1));"]],
      message:
        "The scale divides by 2^(bits − 1), so the largest weight is one step past m. " +
        "Divide by m = 2^(bits − 1) − 1.",
    },
    {
      edits: [["Math.abs(row[o]!))) / m);", "Math.abs(row[o]!))) / (2 * m + 1));"]],
      message: "The range is divided as if all whole numbers were positive. They go from −m to m.",
    },
    {
      edits: [["const m = 2 ** (bits - 1) - 1;", "const m = 127;"]],
      message: "There are always 8 bits. m is 2^(bits − 1) − 1.",
    },
    {
      edits: [
        [
          "return { whole, scale };",
          "return { whole, scale: scale.map((s) => (s === 0 ? 1 : s)) };",
        ],
      ],
      message: "A column of zeros has scale 1 in your answer. Its scale is 0.",
    },
    {
      edits: [["return { whole, scale };", "return { whole, scale: scale.map((s) => 1 / s) };"]],
      message: "The scale is upside down: weights are whole · scale.",
    },
    {
      edits: [
        [
          "row.map((x, o) => (scale[o] === 0 ? 0 : Math.round(x / scale[o]!)))",
          "row.map((x, o) => (scale[o] === 0 ? 0 : Math.round(x / scale[o]!) * scale[o]!))",
        ],
      ],
      message: "`whole` holds weights that are scaled again. Return the whole numbers.",
    },
    {
      edits: [["scale[o] === 0 ?", "scale[o]! < 1e-8 ?"]],
      message: "Columns with small weights become 0. Only a column of zeros does.",
    },
    {
      edits: [["Math.abs(row[o]!))) / m", "Math.abs(row[o]!))) / m + 1e-12"]],
      message:
        "You add a small number to the scale, which moves small weights. Where the scale is " +
        "0, write 0.",
    },
  ],
};
export default exercise;
