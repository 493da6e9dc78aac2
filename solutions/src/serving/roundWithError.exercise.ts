/** roundWithError: its cases and its typical mistakes. */
import type { Exercise, Random } from "grader";
import { inverseHessian } from "./inverseHessian";

const drawn = (random: Random, I: number, O: number) =>
  Array.from({ length: I }, () => Array.from({ length: O }, () => 4 * random.next() - 2));

/** Weights, the inverse for inputs that have to do with each other, and scales that fit. */
function layer(random: Random, I: number, O: number, bits: number) {
  const w = drawn(random, I, O);
  const x = drawn(random, 30, I).map((row) => row.map((value, i) => value + (row[i - 1] ?? 0)));
  const largest = 2 ** (bits - 1) - 1;
  const scale = w[0]!.map((_, o) => Math.max(...w.map((row) => Math.abs(row[o]!))) / largest);
  return [w, inverseHessian(x), scale] as const;
}

const exercise: Exercise = {
  cases: (random) => {
    const [w, inverse, scale] = layer(random, 7, 3, 4);
    return [
      { group: "values", title: "there are 4 bits", args: [w, inverse, scale, { bits: 4 }] },
      {
        group: "values",
        title: "there are 3 bits",
        args: [...layer(random, 9, 2, 3), { bits: 3 }],
      },
      { group: "values", title: "bits aren't given", args: [...layer(random, 6, 3, 8)] },
      {
        group: "values",
        title: "the scale is so small that numbers are clipped",
        args: [w, inverse, scale.map((s) => s / 2), { bits: 4 }],
      },
      {
        group: "property",
        title: "two inputs are nearly alike, so the second makes up for the first",
        args: [
          [[0.4], [0.4]],
          inverseHessian([
            [1, 0.95],
            [0.95, 1],
          ]),
          [1],
          { bits: 4 },
        ],
      },
      {
        group: "property",
        title: "inputs have nothing to do with each other",
        args: [
          w.slice(0, 3),
          [
            [2, 0, 0],
            [0, 0.5, 0],
            [0, 0, 1],
          ],
          scale,
          { bits: 4 },
        ],
      },
      {
        group: "property",
        title: "a column is zero",
        args: [
          [
            [0, 0.7],
            [0, -0.4],
          ],
          inverseHessian([
            [1, 0.5],
            [0.2, 1],
          ]),
          [0, 0.1],
          { bits: 4 },
        ],
      },
      { group: "shapes", title: "there is one input", args: [[[0.3, -1.2]], [[2]], [0.5, 0.5]] },
      {
        group: "shapes",
        title: "there is one output",
        args: [...layer(random, 7, 1, 3), { bits: 3 }],
      },
      {
        group: "errors",
        title: "the inverse has another size",
        args: [w, inverse.slice(1), scale],
        throws: "inverse",
      },
      {
        group: "errors",
        title: "bits is 9",
        args: [w, inverse, scale, { bits: 9 }],
        throws: "bits",
      },
    ];
  },
  mutants: [
    {
      edits: [["later[o]! -= errors[o]! * pivot[j]!;", "later[o]! -= 0 * errors[o]! * pivot[j]!;"]],
      message:
        "Each weight is rounded by itself. The weights that aren't rounded yet move to make up " +
        "for the error.",
    },
    {
      edits: [["later[o]! -= errors[o]! * pivot[j]!;", "later[o]! += errors[o]! * pivot[j]!;"]],
      message: "The later weights move the wrong way: subtract e·P[i][j].",
    },
    {
      edits: [
        [
          "for (let k = i + 1; k < w.length; k++) P[j]![k]! -= share * pivot[k]!;",
          "for (let k = i + 1; k < w.length; k++) P[j]![k]! -= 0 * share * pivot[k]!;",
        ],
      ],
      message:
        "P stays as it was. After row i is rounded, it can't move any more, so P is reduced to " +
        "the rows after it.",
    },
    {
      edits: [["Math.max(-m, Math.min(m, Math.round(x / s)))", "Math.round(x / s) + 0 * m"]],
      message: "A weight that has moved may be past the largest whole number. Clip to −m … m.",
    },
    {
      edits: [["(x - scale[o]! * whole[i]![o]!) / pivot[i]!)", "x - scale[o]! * whole[i]![o]!)"]],
      message: "The error isn't divided by P[i][i].",
    },
    {
      edits: [["(x - scale[o]! * whole[i]![o]!)", "(x - whole[i]![o]!)"]],
      message: "The error compares a weight with a whole number. Multiply it by its scale.",
    },
    {
      edits: [["const share = P[j]![i]! / pivot[i]!;", "const share = P[j]![i]!;"]],
      message: "P is reduced without dividing by P[i][i].",
    },
    {
      edits: [["s === 0 ? 0 : ", ""]],
      message: "A column whose scale is 0 becomes NaN. Its whole numbers are 0.",
    },
    {
      edits: [
        ["const left = w.map((row) => Float64Array.from(row));", "const left = w;"],
        [
          "for (const [i, row] of left.entries())",
          "for (const [i, row] of (left as number[][]).entries())",
        ],
      ],
      message: "The argument w is changed. Work on a copy.",
    },
    {
      edits: [["const P = inverse.map((row) => Float64Array.from(row));", "const P = inverse;"]],
      message: "The argument inverse is changed. Work on a copy.",
    },
    {
      edits: [["later[o]! -= errors[o]! * pivot[j]!;", "later[o]! -= errors[o]! * pivot[i]!;"]],
      message: "All later weights move by the same amount. Weight j moves by e·P[i][j].",
    },
    {
      edits: [["Math.round(x / s)", "Math.trunc(x / s)"]],
      message: "You cut off what follows the point. Round to the nearest whole number.",
    },
    {
      edits: [["const m = 2 ** (bits - 1) - 1;", "const m = 127;"]],
      message: "Numbers are clipped to 8 bits whatever `bits` is. m is 2^(bits − 1) − 1.",
    },
    {
      edits: [
        [
          "(x - scale[o]! * whole[i]![o]!) / pivot[i]!",
          "(scale[o] === 0 ? x : x - scale[o]! * Math.round(x / scale[o]!)) / pivot[i]!",
        ],
      ],
      message:
        "The error is that before clipping. What is cut off is part of it: compare with the " +
        "number that is kept.",
    },
    {
      edits: [["Math.max(-m, ", "Math.max(-m - 1, "]],
      message: "Clipping goes one step too far down. The whole numbers are −m to m.",
    },
  ],
};
export default exercise;
