/** llamaForward: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { drawLlamaParams } from "./drawModels";

const exercise: Exercise = {
  cases: (random) => {
    const small = drawLlamaParams(random, { V: 7, C: 8, F: 12, query: 8, keys: 4, layers: 1 });
    const options = { heads: 4, kvHeads: 2 };
    const tiny = { V: 5, C: 4, F: 6, query: 4, keys: 2 };
    const own = drawLlamaParams(random, { ...tiny, layers: 2, head: true });
    const square = drawLlamaParams(random, { ...tiny, V: 4, layers: 1, head: true });
    return [
      {
        group: "values",
        title: "two texts go through one block",
        args: [random.ids([2, 4], 7), small, options],
      },
      {
        group: "values",
        title: "there are two blocks and a separate head",
        args: [random.ids([1, 5], 5), own, { heads: 2, kvHeads: 1 }],
      },
      {
        group: "values",
        title: "there are as many tokens as features, and a separate head",
        args: [random.ids([1, 5], 4), square, { heads: 2, kvHeads: 1 }],
      },
      {
        group: "values",
        title: "RoPE has a different base",
        args: [random.ids([1, 6], 7), small, { ...options, base: 100 }],
      },
      {
        group: "values",
        title: "eps is large",
        args: [random.ids([1, 4], 7), small, { ...options, eps: 0.5 }],
      },
      {
        group: "shapes",
        title: "the text is one token",
        args: [random.ids([3, 1], 7), small, options],
      },
      {
        group: "gradient",
        title: "tokens and weights are differentiated",
        args: [random.ids([1, 3], 7), small, options],
        wrt: ["1.tokens", "1.norm", "1.blocks.0.attention.wk", "1.blocks.0.mlp.up"],
      },
      {
        group: "errors",
        title: "an id isn't a row of the table",
        args: [{ shape: [1, 2], dtype: "int32", data: Int32Array.of(1, 7) }, small, options],
        throws: "ids",
      },
    ];
  },
  mutants: [
    {
      edits: [
        [
          "const { tokens, blocks, norm, head = tokens.transpose() } = params;",
          `const { tokens, blocks, norm } = params;
           const head = tokens.transpose();`,
        ],
      ],
      message: "The token table serves as the head although the model has a separate head.",
    },
    {
      edits: [
        [
          "const { tokens, blocks, norm, head = tokens.transpose() } = params;",
          `const { tokens, blocks, norm } = params;
           const own = params.head?.shape[0] === params.head?.shape[1] ? undefined : params.head;
           const head = own ?? tokens.transpose();`,
        ],
      ],
      message: "A head with as many tokens as features is taken for missing.",
    },
    {
      edits: [["linear(rmsNorm(x, norm, options.eps ?? 1e-5), ", "linear(x, "]],
      message: "The last norm is missing.",
    },
    {
      edits: [["rmsNorm(x, norm, options.eps ?? 1e-5)", "rmsNorm(x, norm, 1e-5)"]],
      message: "The last norm doesn't use options.eps.",
    },
    {
      edits: [
        [
          "block, options).output",
          "block, { heads: options.heads, kvHeads: options.kvHeads }).output",
        ],
      ],
      message: "base and eps don't reach the blocks. Pass the options on.",
    },
    {
      edits: [["of blocks)", "of blocks.slice(0, 1))"]],
      message: "Only the first block runs.",
    },
    {
      edits: [
        [
          "let x: tf.Tensor = tf.gather(tokens, ids);",
          `let x: tf.Tensor = tf.gather(tokens, ids);
           let cache: Parameters<typeof llamaBlock>[1] = { k: null, v: null };`,
        ],
        [
          "x = llamaBlock(x, { k: null, v: null }, block, options).output;",
          `const step = llamaBlock(x, cache, block, options);
           x = step.output;
           cache = step.cache;`,
        ],
      ],
      message:
        "A block reads the cache of the block before it. Each one starts with an empty cache.",
    },
    {
      edits: [
        ["tf.gather(tokens, ids);", "tf.gather(tokens, ids).mul(Math.sqrt(tokens.shape[1]!));"],
      ],
      message:
        "The rows of tokens are scaled by √C, as in the original Transformer. " +
        "Llama takes them as they are.",
    },
    {
      edits: [["rmsNorm(x, norm, options.eps ?? 1e-5)", "rmsNorm(x, norm)"]],
      message:
        "The last norm's eps is 1e-6, rmsNorm's own default. Pass options.eps, by default 1e-5.",
    },
    {
      edits: [
        [
          "return linear(rmsNorm(x, norm, options.eps ?? 1e-5), head);",
          "return tf.logSoftmax(linear(rmsNorm(x, norm, options.eps ?? 1e-5), head));",
        ],
      ],
      message: "These are log-probabilities. Return scores: the loss applies the softmax.",
    },
    {
      edits: [
        [
          "block, options).output; }",
          "block, options).output; x = rmsNorm(x, norm, options.eps ?? 1e-5); }",
        ],
        ["linear(rmsNorm(x, norm, options.eps ?? 1e-5), head)", "linear(x, head)"],
      ],
      message: "The last norm comes after every block. It comes once, after the last one.",
    },
    {
      edits: [
        [
          "block, options).output; }",
          "block, options).output; x = rmsNorm(x, norm, options.eps ?? 1e-5); }",
        ],
      ],
      message:
        "The last norm comes after every block, and once more at the end. It comes once, after " +
        "the last one.",
    },
    {
      edits: [
        [
          "for (const block of blocks) { x = llamaBlock(x,",
          "const first = x; for (const block of blocks) { x = llamaBlock(first,",
        ],
      ],
      message: "Each block reads the embeddings. It should read the output of the block before it.",
    },
  ],
};
export default exercise;
