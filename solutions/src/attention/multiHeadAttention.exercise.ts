/** multiHeadAttention: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";
import { drawParams } from "../shared/drawParams";

const exercise: Exercise = {
  cases: (random) => {
    const causal = tensorData([3, 3], [1, 0, 0, 1, 1, 0, 1, 1, 1]);
    const nobody = tensorData([1, 1], [0]);
    const tokens = (B: number, T: number, C: number) => random.normal([B, T, C]);
    const four = () => drawParams(random, 4, 4, 4);
    const eight = (keys = 8) => drawParams(random, 8, 8, keys);
    return [
      {
        group: "values",
        title: "two heads attend",
        args: [tokens(2, 3, 8), eight(), { heads: 2 }],
      },
      {
        group: "values",
        title: "a causal mask is given",
        args: [tokens(1, 3, 6), drawParams(random, 6, 6, 6), { heads: 3, mask: causal }],
      },
      {
        group: "values",
        title: "four heads read two groups",
        args: [tokens(1, 4, 8), eight(4), { heads: 4, kvHeads: 2 }],
      },
      {
        group: "values",
        title: "RoPE is given",
        args: [tokens(1, 4, 8), eight(), { heads: 2, rope: { layout: "halves" } }],
      },
      {
        group: "shapes",
        title: "the heads together are wider than x",
        args: [tokens(2, 2, 4), drawParams(random, 4, 6, 6), { heads: 2 }],
      },
      {
        group: "shapes",
        title: "there is one token and there are no biases",
        args: [tokens(1, 1, 4), drawParams(random, 4, 4, 4, { biases: false }), { heads: 2 }],
      },
      {
        group: "property",
        title: "nobody may attend, so only bo is left",
        args: [tokens(1, 3, 4), four(), { heads: 2, mask: nobody }],
      },
      {
        group: "gradient",
        title: "x and the weights are differentiated",
        args: [tokens(1, 3, 4), four(), { heads: 2 }],
        wrt: ["0", "1.wq", "1.wk", "1.wv", "1.wo", "1.bv", "1.bo"],
      },
      {
        group: "gradient",
        title: "shared keys and values are differentiated",
        args: [
          tokens(1, 3, 4),
          drawParams(random, 4, 4, 2, { biases: false }),
          { heads: 4, kvHeads: 2 },
        ],
        wrt: ["1.wk", "1.wv"],
      },
      {
        group: "errors",
        title: "kvHeads do not divide heads",
        args: [tokens(1, 2, 8), eight(4), { heads: 4, kvHeads: 3 }],
        throws: "kvHeads",
      },
    ];
  },
  mutants: [
    {
      edits: [
        ["mergeHeads(output)", "output.reshape([x.shape[0]!, x.shape[1]!, params.wo.shape[0]!])"],
      ],
      message: "You merge the heads by reshape alone, which mixes tokens. Use mergeHeads.",
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
      edits: [
        ["const v = ", "let v = "],
        [
          "k = applyRope(k, positions, options.rope);",
          `k = applyRope(k, positions, options.rope);
           v = applyRope(v, positions, options.rope);`,
        ],
      ],
      message:
        "RoPE turns the values too. Turn only queries and keys: " +
        "positions decide which tokens are read, not what is read.",
    },
    {
      edits: [["k = applyRope(k, positions, options.rope);", ""]],
      message: "RoPE turns only the queries. Turn both, so that scores depend on the distance.",
    },
    {
      edits: [["output), params.wo, params.bo)", "output), params.wo)"]],
      message: "The output's bias bo is missing.",
    },
    {
      edits: [["keys, values, options)", "keys, values, { ...options, mask: undefined })"]],
      message: "The mask doesn't reach the attention. Pass on the options.",
    },
    {
      edits: [
        [
          "keys, values, options)",
          "keys, values, { scale: 1 / Math.sqrt(params.wq.shape[1]!), ...options })",
        ],
      ],
      message:
        "Your scale is 1 over the root of the width of all heads. The dot products of each head " +
        "have width D: let scaledDotProductAttention choose the scale.",
    },
    {
      edits: [
        ["return linear(mergeHeads(output), params.wo, params.bo)", "return mergeHeads(output)"],
      ],
      message:
        "The last projection is missing: " +
        "wo mixes the heads after they are merged, and bo is added.",
    },
    {
      edits: [
        ["linear(x, params.wk, params.bk), kvHeads", "linear(x, params.wv, params.bv), kvHeads"],
        [
          "v = splitHeads(linear(x, params.wv, params.bv)",
          "v = splitHeads(linear(x, params.wk, params.bk)",
        ],
      ],
      message: "Keys and values are swapped: keys come from wk, values from wv.",
    },
    {
      edits: [
        ["q = applyRope(q, positions, options.rope)", "q = applyRope(q, positions)"],
        ["k = applyRope(k, positions, options.rope)", "k = applyRope(k, positions)"],
      ],
      message: "You don't pass options.rope to RoPE, so its layout, base and scale are lost.",
    },
    {
      edits: [
        [
          "let q = ",
          `const turn = (u: tf.Tensor) =>
             options.rope ? applyRope(u, tf.range(0, x.shape[1]!), options.rope) : u;
           let q = `,
        ],
        [
          "(linear(x, params.wq, params.bq), heads)",
          "(turn(linear(x, params.wq, params.bq)), heads)",
        ],
        [
          "(linear(x, params.wk, params.bk), kvHeads)",
          "(turn(linear(x, params.wk, params.bk)), kvHeads)",
        ],
        ["if (options.rope) {", "if (options.rope && heads === 0) {"],
      ],
      message:
        "RoPE turns the whole width before it is cut. " + "Turn each head by itself: split first.",
    },
    {
      edits: [
        ["params.wq, params.bq", "params.wq"],
        ["params.wk, params.bk", "params.wk"],
        ["params.wv, params.bv", "params.wv"],
      ],
      message: "The biases bq, bk and bv are missing. Give each projection its own.",
    },
    {
      edits: [["if (options.rope) {", "if (options.rope && heads === 0) {"]],
      message:
        "RoPE is missing. Where options.rope is given, turn queries and keys by their positions.",
    },
    {
      edits: [["keys, values, options)", "keys, values)"]],
      message:
        "The options don't reach the attention: mask, bias and scale change nothing. Pass them on.",
    },
    {
      edits: [["keys, values, options)", "keys, values, { mask: options.mask })"]],
      message: "Only the mask reaches the attention. Pass on bias and scale too.",
    },
    {
      edits: [
        [
          "return linear(mergeHeads(output), params.wo, params.bo)",
          "return x.add(linear(mergeHeads(output), params.wo, params.bo))",
        ],
      ],
      message:
        "You add x to the result. " +
        "The residual connection belongs to the block around the attention.",
    },
    {
      edits: [["if (options.rope) {", "if (heads > 0) {"]],
      message:
        "RoPE turns queries and keys although no rope is given. " +
        "Turn them only where options.rope is there.",
    },
    {
      edits: [
        [
          "splitHeads(linear(x, params.wq, params.bq), heads)",
          `linear(x, params.wq, params.bq)
             .reshape([x.shape[0]!, heads, x.shape[1]!, params.wq.shape[1]! / heads])`,
        ],
        [
          "splitHeads(linear(x, params.wk, params.bk), kvHeads)",
          `linear(x, params.wk, params.bk)
             .reshape([x.shape[0]!, kvHeads, x.shape[1]!, params.wk.shape[1]! / kvHeads])`,
        ],
        [
          "splitHeads(linear(x, params.wv, params.bv), kvHeads)",
          `linear(x, params.wv, params.bv)
             .reshape([x.shape[0]!, kvHeads, x.shape[1]!, params.wv.shape[1]! / kvHeads])`,
        ],
      ],
      message: "You cut into heads by reshape alone, which mixes tokens. Use splitHeads.",
    },
    {
      edits: [
        [
          "scaledDotProductAttention(q, keys, values, options)",
          "scaledDotProductAttention(keys, q, values, options)",
        ],
      ],
      message:
        "Queries and keys are swapped: the queries come first, and each of them distributes " +
        "its attention over the keys.",
    },
  ],
};
export default exercise;
