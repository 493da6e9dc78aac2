/** pairwiseDistances: its cases and its typical mistakes. */
import type { Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => {
    const far = random.normal([4, 3], 0.2, 1000);
    return [
      {
        group: "values",
        title: "two sets of points",
        args: [random.normal([5, 3]), random.normal([4, 3], 1, 1)],
      },
      {
        group: "values",
        title: "points have many coordinates",
        args: [random.normal([3, 40]), random.normal([3, 40])],
      },
      {
        group: "shapes",
        title: "one point meets six",
        args: [random.normal([1, 4]), random.normal([6, 4])],
      },
      {
        group: "shapes",
        title: "points lie on a line",
        args: [random.normal([3, 1]), random.normal([2, 1])],
      },
      {
        group: "property",
        title: "points lie close together, a thousand from the origin",
        args: [far, far],
      },
      {
        group: "gradient",
        title: "both sets are differentiated",
        args: [random.normal([3, 4]), random.normal([5, 4])],
        wrt: ["0", "1"],
      },
      {
        group: "errors",
        title: "the points have different widths",
        args: [random.normal([2, 3]), random.normal([2, 4])],
        throws: "b",
      },
    ];
  },
  mutants: [
    {
      edits: [["difference.square().sum(-1)", "difference.square().sum(-1).sqrt()"]],
      message:
        "You return distances. Return their squares: " +
        "the root costs time and has no gradient at zero.",
    },
    {
      edits: [["difference.square().sum(-1)", "difference.abs().sum(-1)"]],
      message:
        "You add absolute differences: that is the Manhattan distance. " +
        "Square each difference before you add.",
    },
    {
      edits: [["difference.square().sum(-1)", "difference.square().mean(-1)"]],
      message: "You take the mean over the coordinates. The squared distance is their sum.",
    },
    {
      edits: [["difference.square().sum(-1)", "difference.sum(-1).square()"]],
      message:
        "You add the differences and then square. " +
        "Square first, or differences of opposite sign cancel.",
    },
    {
      edits: [["a.expandDims(1).sub(b.expandDims(0))", "a.expandDims(0).sub(b.expandDims(1))"]],
      message: "Rows and columns are swapped: result[n, m] belongs to a's point n and b's point m.",
    },
    {
      edits: [
        [
          "difference.square().sum(-1)",
          "a.square().sum(-1, true).add(b.square().sum(-1)).sub(a.matMul(b, false, true).mul(2))",
        ],
      ],
      message:
        "‖a‖² + ‖b‖² − 2a·b subtracts numbers in the millions to find one below 1, " +
        "and float32 has seven digits. Take the differences first.",
    },
    {
      // without points in b, WASM would sum the empty axis to whatever lies in memory
      edits: [
        ["difference.square().sum(-1)", "difference.square().sum(b.shape[0] === 0 ? -1 : 1)"],
      ],
      message: "You sum over the points of b. The coordinates lie on the last axis.",
    },
    {
      edits: [
        [
          "return difference.square().sum(-1);",
          "return difference.size < 0 ? difference : a.matMul(b, false, true);",
        ],
      ],
      message:
        "You return dot products, which say how long vectors are and how much they agree. " +
        "Subtract each pair of points, then square and sum.",
    },
    {
      edits: [
        ["difference.square().sum(-1)", "difference.square().sum(a.shape[0] === 0 ? -1 : 0)"],
      ],
      message: "You sum over the points of a. The coordinates lie on the last axis.",
    },
    {
      edits: [["a.expandDims(1).sub(", "a.expandDims(1).add("]],
      message: "You add the points. Subtract them: a distance is between two points.",
    },
  ],
};
export default exercise;
