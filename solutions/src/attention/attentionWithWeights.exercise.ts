/** attentionWithWeights: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";
import { drawParams } from "../shared/drawParams";

const exercise: Exercise = {
  cases: (random) => {
    const causal = tensorData([4, 4], [1, 0, 0, 0, 1, 1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 1]);
    const tokens = (B: number, T: number, C: number) => random.normal([B, T, C]);
    const four = () => drawParams(random, 4, 4, 4);
    const eight = (keys = 8) => drawParams(random, 8, 8, keys);
    return [
      {
        group: "values",
        title: "two heads show their weights, without headMask",
        args: [tokens(2, 3, 8), eight(), { heads: 2 }],
      },
      {
        group: "values",
        title: "the second head is taken out",
        args: [tokens(2, 3, 8), eight(), { heads: 2, headMask: tensorData([2], [1, 0]) }],
      },
      {
        group: "values",
        title: "headMask weakens one head and strengthens another",
        args: [
          tokens(1, 4, 8),
          eight(),
          { heads: 4, headMask: tensorData([4], [0.5, 1, 0, 2]), mask: causal },
        ],
      },
      {
        group: "values",
        title: "four heads read two groups, with RoPE and headMask",
        args: [
          tokens(1, 5, 8),
          eight(4),
          { heads: 4, kvHeads: 2, rope: {}, headMask: tensorData([4], [0, 1, 1, 0.5]) },
        ],
      },
      {
        group: "values",
        title: "scale and bias are given",
        args: [
          tokens(1, 3, 4),
          four(),
          {
            heads: 2,
            scale: 0.4,
            bias: random.normal([2, 3, 3]),
            headMask: tensorData([2], [0, 1]),
          },
        ],
      },
      {
        group: "shapes",
        title: "there is one token and there are no biases",
        args: [
          tokens(1, 1, 4),
          drawParams(random, 4, 4, 4, { biases: false }),
          { heads: 2, headMask: tensorData([2], [0, 1]) },
        ],
      },
      {
        group: "shapes",
        title: "the heads together are wider than x",
        args: [tokens(2, 2, 4), drawParams(random, 4, 6, 6), { heads: 2 }],
      },
      {
        group: "property",
        title: "all heads are taken out, so only bo is left",
        args: [tokens(1, 3, 4), four(), { heads: 2, headMask: tensorData([2], [0, 0]) }],
      },
      {
        group: "gradient",
        title: "x, the weights and headMask are differentiated",
        args: [tokens(1, 3, 4), four(), { heads: 2, headMask: tensorData([2], [1, 0.5]) }],
        wrt: ["0", "1.wq", "1.wk", "1.wv", "1.wo", "1.bv", "1.bo", "2.headMask"],
      },
      {
        group: "errors",
        title: "headMask has an entry too many",
        args: [tokens(1, 2, 8), eight(), { heads: 2, headMask: tensorData([3], [1, 1, 1]) }],
        throws: "headMask",
      },
    ];
  },
  mutants: [
    {
      edits: [["output = output.mul(factor);", ""]],
      message:
        "headMask changes the weights that you return, but not the output. " +
        "A head with 0 must add nothing to the output.",
    },
    {
      edits: [["weights = weights.mul(factor);", ""]],
      message:
        "You return the weights from before headMask. " +
        "Return them as the heads used them: those of a head with 0 are zeros.",
    },
    {
      edits: [
        [
          "let { output, weights } = scaledDotProductAttention(q, keys, values, options);",
          `if (headMask) q = q.mul(headMask.reshape([heads, 1, 1]));
           let { output, weights } = scaledDotProductAttention(q, keys, values, options);`,
        ],
        ["if (headMask) {", "if (headMask && heads === 0) {"],
      ],
      message:
        "headMask multiplies the scores, before the softmax: a head with 0 then reads all tokens " +
        "alike. Multiply the weights, after the softmax.",
    },
    {
      edits: [
        [
          "const factor = headMask.reshape([heads, 1, 1]);",
          "const factor = tf.sub(1, headMask).reshape([heads, 1, 1]);",
        ],
      ],
      message: "You read headMask the wrong way around: 1 leaves a head as it is, 0 takes it out.",
    },
    {
      edits: [
        [
          "const factor = headMask.reshape([heads, 1, 1]);",
          "const factor = headMask.div(headMask.mean()).reshape([heads, 1, 1]);",
        ],
      ],
      message:
        "You rescale the heads that are left, as dropout does. " +
        "Multiply by headMask and nothing else.",
    },
    {
      edits: [["params.bo), weights }", "params.bo), weights: weights.mean(1) }"]],
      message:
        "You return the mean of the heads' weights, [B, T, T], as PyTorch does unless asked " +
        "otherwise. Return those of each head, [B, H, T, T].",
    },
    {
      edits: [
        [
          "output: linear(mergeHeads(output), params.wo, params.bo)",
          "output: headMask ? linear(mergeHeads(output), params.wo) : " +
            "linear(mergeHeads(output), params.wo, params.bo)",
        ],
      ],
      message: "With headMask the output's bias bo is missing. It is added whatever headMask is.",
    },
    {
      edits: [
        [
          "const factor = headMask.reshape([heads, 1, 1]);",
          'const factor = headMask.notEqual(0).cast("float32").reshape([heads, 1, 1]);',
        ],
      ],
      message: "You read headMask as yes or no. It is a factor: 0.5 halves the weights of a head.",
    },
    {
      edits: [["keys, values, options)", "keys, values, { ...options, mask: undefined })"]],
      message: "The mask doesn't reach the attention. Pass on the options.",
    },
    {
      edits: [
        ["repeatGroups(k, heads)", "k.tile([1, heads / kvHeads, 1, 1])"],
        ["repeatGroups(v, heads)", "v.tile([1, heads / kvHeads, 1, 1])"],
      ],
      message:
        "The groups take turns, 0 1 0 1. " +
        "Head h reads group ⌊h·G/H⌋: 0 0 1 1, as repeatGroups gives them.",
    },
    {
      edits: [["k = applyRope(k, positions, options.rope);", ""]],
      message: "RoPE turns only the queries. Turn both, so that scores depend on the distance.",
    },
    {
      edits: [["output = output.mul(factor);", "output = output.mul(factor).mul(factor);"]],
      message:
        "headMask multiplies the output twice. " +
        "The output is made of the weights, so multiply the weights or the output, not both.",
    },
    {
      edits: [["if (headMask) {", "if (headMask && heads === 0) {"]],
      message:
        "headMask changes nothing. Multiply each head's weights by its entry, after the softmax.",
    },
    {
      edits: [["if (options.rope) {", "if (options.rope && heads === 0) {"]],
      message:
        "RoPE is missing. Where options.rope is given, turn queries and keys by their positions.",
    },
  ],
};
export default exercise;
