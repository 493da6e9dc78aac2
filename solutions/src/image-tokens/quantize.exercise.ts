/** quantize: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => {
    const twice = random.normal([3, 4]);
    const doubled = tensorData([6, 4], [...twice.data, ...twice.data]);
    // a long code has the largest products but is seldom near
    const uneven = tensorData([4, 2], [10, 10, 0.1, 0, 0, -0.1, -20, 5]);
    return [
      {
        group: "values",
        title: "twelve vectors and five codes",
        args: [random.normal([12, 3]), random.normal([5, 3])],
      },
      {
        group: "values",
        title: "a grid of vectors",
        args: [random.normal([2, 3, 3, 4]), random.normal([16, 4])],
      },
      {
        group: "values",
        title: "codes have very different lengths",
        args: [random.normal([10, 2]), uneven],
      },
      {
        group: "values",
        title: "codes lie close together, far from the origin",
        args: [random.normal([12, 3], 0.05, 300), random.normal([6, 3], 0.05, 300)],
      },
      {
        group: "property",
        title: "each code is in the codebook twice: the lower id wins",
        args: [random.normal([8, 4]), doubled],
      },
      { group: "shapes", title: "one vector", args: [random.normal([4]), random.normal([3, 4])] },
      {
        group: "shapes",
        title: "a codebook of one",
        args: [random.normal([2, 3, 4]), random.normal([1, 4])],
      },
      {
        group: "gradient",
        title: "the codebook is differentiated",
        args: [random.normal([2, 4, 3]), random.normal([5, 3])],
        wrt: ["1"],
      },
      {
        group: "errors",
        title: "the codebook has another width",
        args: [random.normal([3, 4]), random.normal([5, 3])],
        throws: "codebook",
      },
    ];
  },
  mutants: [
    {
      edits: [
        [
          "pairwiseDistances(rows, codebook).argMin(-1)",
          "rows.matMul(codebook, false, true).argMax(-1)",
        ],
      ],
      message:
        "You take the code with the largest product. " +
        "A long code has large products with everything; take the one at the least distance.",
    },
    { edits: [[".argMin(-1)", ".argMax(-1)"]], message: "You take the farthest code." },
    {
      edits: [
        [".argMin(-1)", ".argMin(0)"],
        [
          ".reshape(rest)",
          `.slice([0], [Math.min(rows.shape[0]!, codebook.shape[0]!)])
           .pad([[0, Math.max(0, rows.shape[0]! - codebook.shape[0]!)]])
           .reshape(rest)`,
        ],
      ],
      message:
        "The minimum runs over the vectors. " +
        "Each vector chooses among the codes, the last axis of the distances.",
    },
    {
      edits: [
        [
          "pairwiseDistances(rows, codebook)",
          "codebook.square().sum(-1).sub(rows.matMul(codebook, false, true))",
        ],
      ],
      message:
        "‖e‖² − z·e is not the distance: ‖z − e‖² = ‖z‖² − 2z·e + ‖e‖², " +
        "and the factor 2 matters.",
    },
    {
      edits: [
        ["return { ids, codes: lookUpCodes(codebook, ids) }", "return { ids, codes: z.clone() }"],
      ],
      message:
        "codes are the vectors themselves. " +
        "They should be the rows of the codebook that ids point to.",
    },
    {
      edits: [
        [
          "pairwiseDistances(rows, codebook)",
          "codebook.square().sum(-1).sub(rows.matMul(codebook, false, true).mul(2))",
        ],
      ],
      message:
        "‖e‖² − 2z·e loses its digits where vectors lie close together and far from the origin. " +
        "pairwiseDistances subtracts before it squares.",
    },
    {
      edits: [[".argMin(-1).reshape(rest)", ".argMin(-1)"]],
      message:
        "ids and codes are still in one long list. " +
        "Give them the axes of z again: [...], and [..., D] for codes.",
    },
  ],
};
export default exercise;
