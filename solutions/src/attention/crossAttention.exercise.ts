/** crossAttention: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";
import { drawParams } from "../shared/drawParams";

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      says: "the context has another length",
      args: [
        random.normal([2, 3, 4]),
        random.normal([2, 5, 4]),
        drawParams(random, 4, 4, 4),
        { heads: 2 },
      ],
    },
    {
      group: "values",
      says: "the context has the same length",
      args: [
        random.normal([2, 3, 4]),
        random.normal([2, 3, 4]),
        drawParams(random, 4, 4, 4),
        { heads: 2 },
      ],
    },
    {
      group: "values",
      says: "the context has another width",
      args: [
        random.normal([1, 2, 6]),
        random.normal([1, 4, 3]),
        drawParams(random, 6, 6, 6, { context: 3 }),
        { heads: 3 },
      ],
    },
    {
      group: "values",
      says: "the context is padded",
      args: [
        random.normal([2, 2, 4]),
        random.normal([2, 3, 4]),
        drawParams(random, 4, 4, 4),
        { heads: 2, mask: tensorData([2, 1, 1, 3], [1, 1, 1, 1, 0, 0]) },
      ],
    },
    {
      group: "values",
      says: "four heads read two groups",
      args: [
        random.normal([1, 3, 4]),
        random.normal([1, 3, 4]),
        drawParams(random, 4, 8, 4),
        { heads: 4, kvHeads: 2 },
      ],
    },
    {
      group: "shapes",
      says: "one query reads one token, without biases",
      args: [
        random.normal([1, 1, 4]),
        random.normal([1, 1, 4]),
        drawParams(random, 4, 4, 4, { biases: false }),
        { heads: 1 },
      ],
    },
    {
      group: "property",
      says: "one token of context is copied to every query",
      args: [
        random.normal([1, 4, 4]),
        random.normal([1, 1, 4]),
        drawParams(random, 4, 4, 4),
        { heads: 2 },
      ],
    },
    {
      group: "gradient",
      says: "x, the context and the weights are differentiated",
      args: [
        random.normal([1, 2, 4]),
        random.normal([1, 3, 4]),
        drawParams(random, 4, 4, 4),
        { heads: 2 },
      ],
      wrt: ["0", "1", "2.wq", "2.wk", "2.wv", "2.wo"],
    },
    {
      group: "errors",
      says: "rope is given",
      args: [
        random.normal([1, 2, 4]),
        random.normal([1, 3, 4]),
        drawParams(random, 4, 4, 4),
        { heads: 2, rope: {} },
      ],
      throws: "rope",
    },
  ],
  mutants: [
    {
      edits: [
        ["linear(context, params.wk", "linear(x, params.wk"],
        ["linear(context, params.wv", "linear(x, params.wv"],
      ],
      says: "Keys and values come from x: this is self-attention, and the context is never read.",
    },
    {
      edits: [
        ["linear(x, params.wq", "linear(context, params.wq"],
        ["linear(context, params.wk", "linear(x, params.wk"],
        ["linear(context, params.wv", "linear(x, params.wv"],
      ],
      says:
        "The roles are swapped: x asks, so queries come from x; " +
        "the context is read, so keys and values come from it.",
    },
    {
      edits: [["linear(context, params.wv", "linear(x, params.wv"]],
      says: "The values come from x. Keys and values belong together: both come from the context.",
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
        [
          "repeatGroups(v, heads), options)",
          "repeatGroups(v, heads), { ...options, mask: undefined })",
        ],
      ],
      says:
        "The mask does not reach the attention, so the padding of the context is read. " +
        "Pass the options on.",
    },
    {
      edits: [
        ["mergeHeads(output)", "output.reshape([x.shape[0]!, x.shape[1]!, params.wo.shape[0]!])"],
      ],
      says: "The heads are merged by reshape alone, which mixes tokens. Use mergeHeads.",
    },
    { edits: [["params.wo, params.bo", "params.wo"]], says: "The output's bias bo is missing." },
  ],
};
export default exercise;
