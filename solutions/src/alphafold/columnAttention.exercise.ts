/** columnAttention: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";
import { drawAttentionParams } from "./pairCases";

const exercise: Exercise = {
  cases: (random) => {
    const params = (biases = false) => drawAttentionParams(random, 4, { heads: 2, biases });
    const mask = tensorData([1, 2, 3], [1, 1, 0, 0, 1, 1]);
    return [
      {
        group: "values",
        title: "three sequences read each other",
        args: [random.normal([1, 3, 4, 4]), params(), { heads: 2 }],
      },
      {
        group: "values",
        title: "two alignments, with biases",
        args: [random.normal([2, 4, 2, 4]), params(true), { heads: 2 }],
      },
      {
        group: "values",
        title: "gaps are masked",
        args: [random.normal([1, 2, 3, 4]), params(), { heads: 2, mask }],
      },
      {
        group: "shapes",
        title: "as many sequences as positions",
        args: [random.normal([1, 3, 3, 4]), params(), { heads: 2 }],
      },
      {
        group: "shapes",
        title: "there is one sequence",
        args: [random.normal([1, 1, 4, 4]), params(), { heads: 2 }],
      },
      {
        group: "property",
        title: "nothing may be read, so only bo is left",
        args: [
          random.normal([1, 2, 3, 4]),
          params(true),
          { heads: 2, mask: tensorData([1, 2, 3], [0, 0, 0, 0, 0, 0]) },
        ],
      },
      {
        group: "gradient",
        title: "alignment and weights are differentiated",
        args: [random.normal([1, 3, 2, 4]), params(), { heads: 2 }],
        wrt: ["0", "1.wq", "1.wv", "1.norm.gamma"],
      },
      {
        group: "errors",
        title: "the mask is transposed",
        args: [
          random.normal([1, 2, 3, 4]),
          params(),
          { heads: 2, mask: tensorData([1, 3, 2], [1, 1, 1, 1, 1, 1]) },
        ],
        throws: "mask",
      },
      {
        group: "property",
        title: "weights for a bias from pairs are there, and not used",
        args: [
          random.normal([1, 3, 2, 4]),
          { ...params(), wBias: random.normal([4, 2]) },
          { heads: 2 },
        ],
      },
    ];
  },
  mutants: [
    {
      edits: [
        ["n.transpose([0, 2, 1, 3])", "n"],
        ["mask?.transpose([0, 2, 1])", "mask"],
        ["read.transpose([0, 2, 1, 3])", "read"],
      ],
      message:
        "This attends along the sequences, as row attention does. " +
        "Transpose the alignment, so each column becomes a row.",
    },
    {
      edits: [["read.transpose([0, 2, 1, 3])", "read.reshape([B, R, N, C])"]],
      message: "A reshape doesn't transpose the result back: swap the same two axes again.",
    },
    {
      edits: [["mask?.transpose([0, 2, 1])", "mask?.reshape([B, N, R])"]],
      message: "The mask is reshaped. Transpose it with the alignment.",
    },
    {
      edits: [["layerNorm(msa, params.norm.gamma, params.norm.beta)", "msa"]],
      message: "The alignment isn't normalized before the attention.",
    },
    {
      edits: [["{ heads, mask: turned }", "{ heads }"]],
      message: "The mask doesn't reach the attention.",
    },
    {
      edits: [
        ["return read.transpose([0, 2, 1, 3]);", "return msa.add(read.transpose([0, 2, 1, 3]));"],
      ],
      message: "The residual is added outside: return only the update.",
    },
  ],
};
export default exercise;
