/** crossAttention: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";
import { drawParams } from "../shared/drawParams";

const exercise: Exercise = {
  cases: (random) => {
    const tokens = (B: number, T: number, C: number) => random.normal([B, T, C]);
    const four = () => drawParams(random, 4, 4, 4);
    const padding = tensorData([2, 1, 1, 3], [1, 1, 1, 1, 0, 0]);
    return [
      {
        group: "values",
        title: "the context has another length",
        args: [tokens(2, 3, 4), tokens(2, 5, 4), four(), { heads: 2 }],
      },
      {
        group: "values",
        title: "the context has the same length",
        args: [tokens(2, 3, 4), tokens(2, 3, 4), four(), { heads: 2 }],
      },
      {
        group: "values",
        title: "the context has another width",
        args: [
          tokens(1, 2, 6),
          tokens(1, 4, 3),
          drawParams(random, 6, 6, 6, { context: 3 }),
          { heads: 3 },
        ],
      },
      {
        group: "values",
        title: "the context is padded",
        args: [tokens(2, 2, 4), tokens(2, 3, 4), four(), { heads: 2, mask: padding }],
      },
      {
        group: "values",
        title: "four heads read two groups",
        args: [
          tokens(1, 3, 4),
          tokens(1, 3, 4),
          drawParams(random, 4, 8, 4),
          { heads: 4, kvHeads: 2 },
        ],
      },
      {
        group: "shapes",
        title: "one query reads one token, without biases",
        args: [
          tokens(1, 1, 4),
          tokens(1, 1, 4),
          drawParams(random, 4, 4, 4, { biases: false }),
          { heads: 1 },
        ],
      },
      {
        group: "property",
        title: "one token of context is copied to every query",
        args: [tokens(1, 4, 4), tokens(1, 1, 4), four(), { heads: 2 }],
      },
      {
        group: "gradient",
        title: "x, the context and the weights are differentiated",
        args: [tokens(1, 2, 4), tokens(1, 3, 4), four(), { heads: 2 }],
        wrt: ["0", "1", "2.wq", "2.wk", "2.wv", "2.wo"],
      },
      {
        group: "errors",
        title: "rope is given",
        args: [tokens(1, 2, 4), tokens(1, 3, 4), four(), { heads: 2, rope: {} }],
        throws: "rope",
      },
    ];
  },
  mutants: [
    {
      edits: [
        ["linear(context, params.wk", "linear(x, params.wk"],
        ["linear(context, params.wv", "linear(x, params.wv"],
      ],
      message: "Keys and values come from x: this is self-attention and never reads the context.",
    },
    {
      edits: [
        ["linear(x, params.wq", "linear(context, params.wq"],
        ["linear(context, params.wk", "linear(x, params.wk"],
        ["linear(context, params.wv", "linear(x, params.wv"],
      ],
      message:
        "The roles are swapped: queries come from x, which asks; " +
        "keys and values come from the context, which is read.",
    },
    {
      edits: [["linear(context, params.wv", "linear(x, params.wv"]],
      message:
        "The values come from x. Keys and values belong together: both come from the context.",
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
      edits: [["keys, values, options)", "keys, values, { ...options, mask: undefined })"]],
      message:
        "The mask doesn't reach the attention, so queries read the padding of the context. " +
        "Pass on the options.",
    },
    {
      edits: [
        ["mergeHeads(output)", "output.reshape([x.shape[0]!, x.shape[1]!, params.wo.shape[0]!])"],
      ],
      message: "You merge the heads by reshape alone, which mixes tokens. Use mergeHeads.",
    },
    { edits: [["params.wo, params.bo", "params.wo"]], message: "The output's bias bo is missing." },
    {
      edits: [
        ["params.wq, params.bq", "params.wq"],
        ["params.wk, params.bk", "params.wk"],
        ["params.wv, params.bv", "params.wv"],
      ],
      message: "The biases bq, bk and bv are missing. Give each projection its own.",
    },
    {
      edits: [["linear(context, params.wk", "linear(x, params.wk"]],
      message: "The keys come from x. Keys and values belong together: both come from the context.",
    },
    {
      edits: [
        ["return linear(mergeHeads(output), params.wo, params.bo)", "return mergeHeads(output)"],
      ],
      message:
        "The last projection is missing: wo mixes the heads after they are merged, and bo is added.",
    },
    {
      edits: [["linear(x, params.wq", "linear(context, params.wq"]],
      message: "The queries come from the context. x asks: its tokens make the queries.",
    },
    {
      edits: [["keys, values, options)", "keys, values)"]],
      message:
        "The options don't reach the attention: mask, bias and scale change nothing. Pass them on.",
    },
  ],
};
export default exercise;
