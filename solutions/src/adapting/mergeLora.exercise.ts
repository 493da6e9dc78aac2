/** mergeLora: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";
import { drawLora } from "./drawLora";

const exercise: Exercise = {
  cases: (random) => {
    const w = (C: number, D: number) => random.normal([C, D], 1 / Math.sqrt(C));
    return [
      {
        group: "values",
        title: "the rank is 2, and no alpha is given",
        args: [w(6, 5), drawLora(random, 6, 5, 2)],
      },
      {
        group: "values",
        title: "alpha is 16 and the rank is 4",
        args: [w(6, 8), drawLora(random, 6, 8, 4), 16],
      },
      {
        group: "values",
        title: "alpha is below zero: the change is taken out",
        args: [w(5, 4), drawLora(random, 5, 4, 3), -3],
      },
      {
        group: "values",
        title: "w is square",
        args: [w(4, 4), drawLora(random, 4, 4, 2), 3],
      },
      {
        group: "property",
        title: "alpha is 0, and b is not: w alone",
        args: [w(6, 5), drawLora(random, 6, 5, 2), 0],
        fresh: true,
      },
      {
        group: "property",
        title: "b is 0: a copy of w",
        args: [w(3, 2), { a: random.normal([3, 2]), b: tensorData([2, 2], [0, 0, 0, 0]) }, 8],
      },
      {
        group: "shapes",
        title: "w has one row",
        args: [w(1, 6), drawLora(random, 1, 6, 2)],
      },
      {
        group: "shapes",
        title: "the rank is over the width",
        args: [w(2, 3), drawLora(random, 2, 3, 5), 3],
      },
      {
        group: "gradient",
        title: "w and both thin matrices are differentiated",
        args: [w(4, 5), drawLora(random, 4, 5, 2), 3],
        wrt: ["0", "1.a", "1.b"],
      },
      {
        group: "errors",
        title: "b has another width",
        args: [w(4, 3), drawLora(random, 4, 5, 2)],
        throws: "b [2",
      },
      {
        group: "errors",
        title: "alpha isn't a number",
        args: [w(4, 3), drawLora(random, 4, 3, 2), NaN],
        throws: "alpha",
      },
      {
        group: "property",
        title: "the first row of b is 0",
        args: [
          w(3, 2),
          { a: random.normal([3, 2]), b: tensorData([2, 2], [0, 0, 1 + random.next(), -1]) },
          8,
        ],
      },
    ];
  },
  mutants: [
    {
      edits: [["(alpha ?? r) / r", "alpha ?? r"]],
      message: "The change is multiplied by alpha, not by alpha / r, the factor of loraLinear.",
    },
    {
      edits: [["(alpha ?? r) / r", "alpha ?? 1"]],
      message: "The change is multiplied by alpha, not by alpha / r, the factor of loraLinear.",
    },
    {
      edits: [["alpha ?? r", "alpha ?? 1"]],
      message: "Without alpha, your factor is 1 / r. alpha is r unless given, so the factor is 1.",
    },
    {
      edits: [["alpha ?? r", "alpha || r"]],
      message: "An alpha of 0 counts as not given. It leaves w as it is.",
    },
    {
      edits: [
        [
          "return w.add(a.matMul(b).mul((alpha ?? r) / r));",
          "return a.matMul(b).mul((alpha ?? r) / r);",
        ],
      ],
      message: "This is the change alone. Add it to w.",
    },
    {
      edits: [["w.add(a.matMul(b)", "w.sub(a.matMul(b)"]],
      message: "The change is subtracted. Add it.",
    },
    {
      edits: [
        [".mul((alpha ?? r) / r)", ""],
        ["const r = a.shape[1]!;", ""],
      ],
      message: "alpha has no effect. The change is multiplied by alpha / r.",
    },
    {
      edits: [
        [
          "return w.add(",
          `if (alpha === 0) return w;
    return w.add(`,
        ],
      ],
      message:
        "Where alpha is 0, you return w itself. Return a new matrix, so that disposing of one " +
        "leaves the other.",
    },
    {
      edits: [
        [
          "w.add(a.matMul(b).mul((alpha ?? r) / r))",
          "w.add(a.mul((alpha ?? r) / r).matMul(b.mul((alpha ?? r) / r)))",
        ],
      ],
      message: "The factor multiplies a and b, so it counts squared. Multiply their product once.",
    },
    {
      edits: [["a.shape[1]!", "b.shape[1]!"]],
      message: "Your r is the width of b. The rank is the axis that a and b share: a's second one.",
    },
  ],
};
export default exercise;
