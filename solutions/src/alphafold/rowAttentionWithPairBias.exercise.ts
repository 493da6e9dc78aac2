/** rowAttentionWithPairBias: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";
import { drawAttentionParams } from "./pairCases";

const exercise: Exercise = {
  cases: (random) => {
    const params = (biases = false) =>
      drawAttentionParams(random, 4, { heads: 2, pair: 5, normPair: true, biases });
    const mask = tensorData([1, 2, 3], [1, 1, 0, 0, 1, 1]);
    return [
      {
        group: "values",
        title: "three sequences read the pairs",
        args: [random.normal([1, 3, 4, 4]), random.normal([1, 4, 4, 5]), params(), { heads: 2 }],
      },
      {
        group: "values",
        title: "two alignments, with biases",
        args: [
          random.normal([2, 2, 3, 4]),
          random.normal([2, 3, 3, 5]),
          params(true),
          { heads: 2 },
        ],
      },
      {
        group: "values",
        title: "gaps are masked",
        args: [
          random.normal([1, 2, 3, 4]),
          random.normal([1, 3, 3, 5]),
          params(),
          { heads: 2, mask },
        ],
      },
      {
        group: "shapes",
        title: "there is one sequence",
        args: [random.normal([1, 1, 4, 4]), random.normal([1, 4, 4, 5]), params(), { heads: 2 }],
      },
      {
        group: "shapes",
        title: "there is one residue",
        args: [random.normal([1, 3, 1, 4]), random.normal([1, 1, 1, 5]), params(), { heads: 2 }],
      },
      {
        group: "property",
        title: "nothing may be read, so only bo is left",
        args: [
          random.normal([1, 2, 3, 4]),
          random.normal([1, 3, 3, 5]),
          params(true),
          { heads: 2, mask: tensorData([1, 2, 3], [0, 0, 0, 0, 0, 0]) },
        ],
      },
      {
        group: "gradient",
        title: "alignment, pairs and weights are differentiated",
        args: [random.normal([1, 2, 3, 4]), random.normal([1, 3, 3, 5]), params(), { heads: 2 }],
        wrt: ["0", "1", "2.wBias", "2.normPair.gamma", "2.norm.beta"],
      },
      {
        group: "errors",
        title: "the pairs belong to a different length",
        args: [random.normal([1, 2, 3, 4]), random.normal([1, 4, 4, 5]), params(), { heads: 2 }],
        throws: "z",
      },
    ];
  },
  mutants: [
    {
      edits: [["layerNorm(z, normPair.gamma, normPair.beta)", "z"]],
      message:
        "The pairs aren't normalized before they become a bias: " +
        "they have their own norm, normPair.",
    },
    {
      edits: [[".transpose([0, 3, 1, 2])", ".transpose([0, 3, 2, 1])"]],
      message: "The bias is transposed: z_ij tells residue i, which asks, how much to read from j.",
    },
    {
      edits: [["{ heads, mask, bias }", "{ heads, mask }"]],
      message: "The pairs have no effect: pass the bias on to the attention.",
    },
    {
      edits: [["layerNorm(msa, norm.gamma, norm.beta)", "msa"]],
      message: "The alignment isn't normalized before the attention.",
    },
    {
      edits: [["{ heads, mask, bias }", "{ heads, bias }"]],
      message: "The mask doesn't reach the attention.",
    },
    {
      edits: [
        ["return gatedAttention(", "return msa.add(gatedAttention("],
        ["{ heads, mask, bias });", "{ heads, mask, bias }));"],
      ],
      message: "The residual is added outside: return only the update.",
    },
  ],
};
export default exercise;
