/** multiHeadAttention: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";
import { drawParams } from "../shared/drawParams";

const exercise: Exercise = {
  cases: (random) => {
    const causal = tensorData([3, 3], [1, 0, 0, 1, 1, 0, 1, 1, 1]);
    return [
      {
        group: "values",
        says: "two heads attend",
        args: [random.normal([2, 3, 8]), drawParams(random, 8, 8, 8), { heads: 2 }],
      },
      {
        group: "values",
        says: "a causal mask is given",
        args: [random.normal([1, 3, 6]), drawParams(random, 6, 6, 6), { heads: 3, mask: causal }],
      },
      {
        group: "values",
        says: "four heads read two groups",
        args: [random.normal([1, 4, 8]), drawParams(random, 8, 8, 4), { heads: 4, kvHeads: 2 }],
      },
      {
        group: "values",
        says: "RoPE is given",
        args: [
          random.normal([1, 4, 8]),
          drawParams(random, 8, 8, 8),
          { heads: 2, rope: { layout: "halves" } },
        ],
      },
      {
        group: "shapes",
        says: "the heads together are wider than x",
        args: [random.normal([2, 2, 4]), drawParams(random, 4, 6, 6), { heads: 2 }],
      },
      {
        group: "shapes",
        says: "there is one token and there are no biases",
        args: [
          random.normal([1, 1, 4]),
          drawParams(random, 4, 4, 4, { biases: false }),
          { heads: 2 },
        ],
      },
      {
        group: "property",
        says: "nobody may attend, so that bo alone is left",
        args: [
          random.normal([1, 3, 4]),
          drawParams(random, 4, 4, 4),
          { heads: 2, mask: tensorData([1, 1], [0]) },
        ],
      },
      {
        group: "gradient",
        says: "x and the weights are differentiated",
        args: [random.normal([1, 3, 4]), drawParams(random, 4, 4, 4), { heads: 2 }],
        wrt: ["0", "1.wq", "1.wk", "1.wv", "1.wo", "1.bv", "1.bo"],
      },
      {
        group: "gradient",
        says: "shared keys and values are differentiated",
        args: [
          random.normal([1, 3, 4]),
          drawParams(random, 4, 4, 2, { biases: false }),
          { heads: 4, kvHeads: 2 },
        ],
        wrt: ["1.wk", "1.wv"],
      },
      {
        group: "errors",
        says: "kvHeads do not divide heads",
        args: [random.normal([1, 2, 8]), drawParams(random, 8, 8, 4), { heads: 4, kvHeads: 3 }],
        throws: "kvHeads",
      },
    ];
  },
  mutants: [
    {
      edits: [
        ["mergeHeads(output)", "output.reshape([x.shape[0]!, x.shape[1]!, params.wo.shape[0]!])"],
      ],
      says: "The heads are merged by reshape alone, which mixes tokens. Use mergeHeads.",
    },
    {
      edits: [
        [
          "repeatGroups(k, heads), repeatGroups(v, heads)",
          "k.tile([1, heads / kvHeads, 1, 1]), v.tile([1, heads / kvHeads, 1, 1])",
        ],
      ],
      says:
        "The groups take turns, 0 1 0 1. Head h reads group ⌊h·G/H⌋: " +
        "0 0 1 1, as repeatGroups gives them.",
    },
    {
      edits: [
        ["const v = ", "let v = "],
        [
          "k = applyRope(k, positions, options.rope);",
          "k = applyRope(k, positions, options.rope); v = applyRope(v, positions, options.rope);",
        ],
      ],
      says:
        "RoPE turns the values too. Only queries and keys are turned: " +
        "positions decide who is read, not what is read.",
    },
    {
      edits: [["k = applyRope(k, positions, options.rope);", ""]],
      says: "RoPE turns the queries only. Scores depend on the distance only when both are turned.",
    },
    {
      edits: [["output), params.wo, params.bo)", "output), params.wo)"]],
      says: "The output's bias bo is missing.",
    },
    {
      edits: [
        [
          "repeatGroups(v, heads), options)",
          "repeatGroups(v, heads), { ...options, mask: undefined })",
        ],
      ],
      says: "The mask does not reach the attention. Pass the options on.",
    },
    {
      edits: [
        [
          "repeatGroups(v, heads), options)",
          "repeatGroups(v, heads), { scale: 1 / Math.sqrt(params.wq.shape[1]!), ...options })",
        ],
      ],
      says:
        "The scale is 1 over the root of the width of all heads. " +
        "Each head has its own dot products, of width D: " +
        "let scaledDotProductAttention choose the scale.",
    },
    {
      edits: [
        ["return linear(mergeHeads(output), params.wo, params.bo)", "return mergeHeads(output)"],
      ],
      says:
        "The last projection is missing: wo mixes the heads after they are merged, and bo is " +
        "added.",
    },
    {
      edits: [
        ["linear(x, params.wk, params.bk), kvHeads", "linear(x, params.wv, params.bv), kvHeads"],
        [
          "v = splitHeads(linear(x, params.wv, params.bv)",
          "v = splitHeads(linear(x, params.wk, params.bk)",
        ],
      ],
      says: "Keys and values have changed places: keys come from wk, values from wv.",
    },
    {
      edits: [
        ["q = applyRope(q, positions, options.rope)", "q = applyRope(q, positions)"],
        ["k = applyRope(k, positions, options.rope)", "k = applyRope(k, positions)"],
      ],
      says: "RoPE does not get options.rope, so that its layout, base and scale are lost.",
    },
    {
      edits: [
        [
          "(linear(x, params.wq, params.bq), heads)",
          "(options.rope ? applyRope(linear(x, params.wq, params.bq), tf.range(0, " +
            "x.shape[1]!), options.rope) : linear(x, params.wq, params.bq), heads)",
        ],
        [
          "(linear(x, params.wk, params.bk), kvHeads)",
          "(options.rope ? applyRope(linear(x, params.wk, params.bk), tf.range(0, " +
            "x.shape[1]!), options.rope) : linear(x, params.wk, params.bk), kvHeads)",
        ],
        ["    if (options.rope) {", "    if (options.rope && heads === 0) {"],
      ],
      says:
        "RoPE turns the whole width before it is cut. Each head is turned by itself: " +
        "split first.",
    },
  ],
};
export default exercise;
