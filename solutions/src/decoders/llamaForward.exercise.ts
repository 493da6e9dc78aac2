/** llamaForward: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { drawLlamaParams } from "./drawModels";

const exercise: Exercise = {
  cases: (random) => {
    const small = drawLlamaParams(random, { V: 7, C: 8, F: 12, query: 8, keys: 4, layers: 1 });
    const options = { heads: 4, kvHeads: 2 };
    const own = drawLlamaParams(random, {
      V: 5,
      C: 4,
      F: 6,
      query: 4,
      keys: 2,
      layers: 2,
      head: true,
    });
    return [
      {
        group: "values",
        says: "two texts go through one block",
        args: [random.ids([2, 4], 7), small, options],
      },
      {
        group: "values",
        says: "there are two blocks and a head of its own",
        args: [random.ids([1, 5], 5), own, { heads: 2, kvHeads: 1 }],
      },
      {
        group: "values",
        says: "RoPE's base is another one",
        args: [random.ids([1, 6], 7), small, { ...options, base: 100 }],
      },
      {
        group: "values",
        says: "eps is large",
        args: [random.ids([1, 4], 7), small, { ...options, eps: 0.5 }],
      },
      {
        group: "shapes",
        says: "the text is one token",
        args: [random.ids([3, 1], 7), small, options],
      },
      {
        group: "gradient",
        says: "tokens and weights are differentiated",
        args: [random.ids([1, 3], 7), small, options],
        wrt: ["1.tokens", "1.norm", "1.blocks.0.attention.wk", "1.blocks.0.mlp.up"],
      },
      {
        group: "errors",
        says: "an id is no row of the table",
        args: [{ shape: [1, 2], dtype: "int32", data: Int32Array.of(1, 7) }, small, options],
        throws: "ids",
      },
    ];
  },
  mutants: [
    {
      edits: [["params.head ?? params.tokens.transpose()", "params.tokens.transpose()"]],
      says: "The tokens serve as the head though there is a head of its own.",
    },
    {
      edits: [["linear(rmsNorm(x, params.norm, options.eps ?? 1e-5), ", "linear(x, "]],
      says: "The last norm is missing.",
    },
    {
      edits: [["rmsNorm(x, params.norm, options.eps ?? 1e-5)", "rmsNorm(x, params.norm, 1e-5)"]],
      says: "The last norm does not use options.eps.",
    },
    {
      edits: [
        [
          "block, options).output",
          "block, { heads: options.heads, kvHeads: options.kvHeads }).output",
        ],
      ],
      says: "base and eps do not reach the blocks. Pass the options on.",
    },
    {
      edits: [["of params.blocks)", "of params.blocks.slice(0, 1))"]],
      says: "Only the first block runs.",
    },
    {
      edits: [
        [
          "let x: tf.Tensor = tf.gather(params.tokens, ids);",
          "let x: tf.Tensor = tf.gather(params.tokens, ids), cache: " +
            "Parameters<typeof llamaBlock>[1] = { k: null, v: null };",
        ],
        [
          "x = llamaBlock(x, { k: null, v: null }, block, options).output;",
          "{ const step = llamaBlock(x, cache, block, options); x = step.output; " +
            "cache = step.cache; }",
        ],
      ],
      says: "A block reads the cache of the block before it. Each begins with an empty one.",
    },
    {
      edits: [
        [
          "tf.gather(params.tokens, ids);",
          "tf.gather(params.tokens, ids).mul(Math.sqrt(params.tokens.shape[1]!));",
        ],
      ],
      says:
        "The rows of tokens are scaled by √C, as in the original Transformer. " +
        "Llama takes them as they are.",
    },
  ],
};
export default exercise;
