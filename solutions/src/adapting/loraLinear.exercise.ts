/** loraLinear: its cases and its typical mistakes. */
import { tensorData, within, type Exercise } from "grader";
import { drawLora } from "./drawLora";

const zeros = (rows: number, columns: number) =>
  tensorData(
    [rows, columns],
    Array.from({ length: rows * columns }, () => 0),
  );

/** A wide matrix and few tokens: a·b would be the largest tensor by far. */
const WIDE = 48;

const exercise: Exercise = {
  cases: (random) => {
    const w = (C: number, D: number) => random.normal([C, D], 1 / Math.sqrt(C));
    return [
      {
        group: "values",
        title: "the rank is 2, and no option is given",
        args: [random.normal([2, 3, 6]), w(6, 5), drawLora(random, 6, 5, 2)],
      },
      {
        group: "values",
        title: "alpha is 16 and the rank is 4",
        args: [random.normal([4, 6]), w(6, 8), drawLora(random, 6, 8, 4), { alpha: 16 }],
      },
      {
        group: "values",
        title: "there is a bias",
        args: [
          random.normal([2, 3, 4]),
          w(4, 5),
          drawLora(random, 4, 5, 3),
          { bias: random.normal([5]) },
        ],
      },
      {
        group: "values",
        title: "there are a bias and an alpha",
        args: [
          random.normal([5, 4]),
          w(4, 7),
          drawLora(random, 4, 7, 2),
          { bias: random.normal([7]), alpha: 1 },
        ],
      },
      {
        group: "property",
        title: "alpha is 0: the base alone",
        args: [random.normal([4, 6]), w(6, 5), drawLora(random, 6, 5, 2), { alpha: 0 }],
      },
      {
        group: "property",
        title: "b is 0: it starts as the base",
        args: [
          random.normal([4, 6]),
          w(6, 5),
          { a: random.normal([6, 3]), b: zeros(3, 5) },
          { alpha: 8 },
        ],
      },
      {
        group: "shapes",
        title: "x is one vector",
        args: [random.normal([6]), w(6, 4), drawLora(random, 6, 4, 2)],
      },
      {
        group: "shapes",
        title: "x has four axes",
        args: [random.normal([2, 1, 3, 4]), w(4, 5), drawLora(random, 4, 5, 2), { alpha: 6 }],
      },
      {
        group: "gradient",
        title: "x and both thin matrices are differentiated",
        args: [random.normal([2, 3, 4]), w(4, 5), drawLora(random, 4, 5, 2), { alpha: 3 }],
        wrt: ["0", "2.a", "2.b"],
      },
      {
        group: "errors",
        title: "a and b differ in rank",
        args: [
          random.normal([2, 4]),
          w(4, 3),
          { a: random.normal([4, 2]), b: random.normal([3, 3]) },
        ],
        throws: "b [2",
      },
      {
        group: "errors",
        title: "alpha isn't a number",
        args: [random.normal([2, 4]), w(4, 3), drawLora(random, 4, 3, 2), { alpha: NaN }],
        throws: "alpha",
      },
      {
        group: "cost",
        title: "the change is never written out as a matrix [C, D]",
        // of rank 1, so that a wrong factor alpha / r costs no points here
        args: [random.normal([3, WIDE]), w(WIDE, WIDE), drawLora(random, WIDE, WIDE, 1)],
        cost: within({ largest: WIDE ** 2 / 4 }),
      },
      {
        group: "property",
        title: "alpha is below 0: the change is taken out",
        args: [
          random.normal([4, 6]),
          w(6, 5),
          drawLora(random, 6, 5, 2),
          { alpha: -random.int(1, 9) },
        ],
      },
    ];
  },
  mutants: [
    {
      edits: [[".mul(alpha / r)", ".mul(alpha)"]],
      message:
        "The change is multiplied by alpha, not by alpha / r. Dividing by the rank keeps its size " +
        "about the same when you try another rank.",
    },
    {
      edits: [
        [".mul(alpha / r)", ".mul(alpha)"],
        ["options.alpha ?? r", "options.alpha ?? 1"],
      ],
      message:
        "The change is multiplied by alpha, not by alpha / r. Dividing by the rank keeps its size " +
        "about the same when you try another rank.",
    },
    {
      edits: [
        [".mul(alpha / r)", ""],
        ["const alpha = options.alpha ?? r;", "void r;"],
      ],
      message: "alpha has no effect. The change is multiplied by alpha / r.",
    },
    {
      edits: [["options.alpha ?? r", "options.alpha || r"]],
      message: "An alpha of 0 counts as not given. It turns the change off.",
    },
    {
      edits: [["options.alpha ?? r", "options.alpha ?? 1"]],
      message: "Without alpha, your factor is 1 / r. alpha is r unless given, so the factor is 1.",
    },
    {
      edits: [["linear(x, w, options.bias).add(change)", "linear(x, w).add(change)"]],
      message: "The bias isn't added.",
    },
    {
      edits: [
        ["linear(x, w, options.bias).add(change)", "linear(x, w, options.bias).mul(0).add(change)"],
      ],
      message: "The pretrained matrix is missing: this is the change alone.",
    },
    {
      edits: [
        [
          "linear(linear(x, a), b).mul(alpha / r);",
          "linear(options.bias ? linear(x, a).add(0) : linear(x, a), b, options.bias)" +
            ".mul(alpha / r);",
        ],
      ],
      message: "The bias is added twice, once with the change. It belongs to the base alone.",
    },
    {
      edits: [["linear(linear(x, a), b)", "linear(x, a.matMul(b))"]],
      message:
        "You multiply a and b first, which makes a matrix as large as w. Multiply x by a, " +
        "and the result by b.",
      breaks: "the change is never written out as a matrix [C, D]",
    },
    {
      edits: [["linear(x, w, options.bias).add(change)", "linear(x, w, options.bias).sub(change)"]],
      message: "The change is subtracted. Add it.",
    },
    {
      edits: [["a.shape[1]!", "b.shape[1]!"]],
      message: "Your r is the width of b. The rank is the axis that a and b share: a's second one.",
    },
  ],
};
export default exercise;
