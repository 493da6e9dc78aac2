/** gptForward: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { drawGptParams } from "./drawModels";

const exercise: Exercise = {
  cases: (random) => {
    const small = drawGptParams(random, { V: 7, C: 8, F: 12, M: 6, layers: 1 });
    const tiny = drawGptParams(random, { V: 5, C: 4, F: 6, M: 4, layers: 1 });
    return [
      {
        group: "values",
        title: "two texts go through one block",
        args: [random.ids([2, 4], 7), small, { heads: 2 }],
      },
      {
        group: "values",
        title: "there are two blocks",
        args: [
          random.ids([1, 5], 7),
          drawGptParams(random, { V: 7, C: 8, F: 12, M: 8, layers: 2 }),
          { heads: 4 },
        ],
      },
      {
        group: "values",
        title: "the text is as long as the table of positions",
        args: [random.ids([1, 6], 7), small, { heads: 2 }],
      },
      {
        group: "shapes",
        title: "the text is one token",
        args: [random.ids([3, 1], 7), small, { heads: 2 }],
      },
      {
        group: "shapes",
        title: "there are no blocks",
        args: [
          random.ids([2, 3], 5),
          drawGptParams(random, { V: 5, C: 4, F: 6, M: 4, layers: 0 }),
          { heads: 1 },
        ],
      },
      {
        group: "gradient",
        title: "tokens, positions and weights are differentiated",
        args: [random.ids([1, 3], 5), tiny, { heads: 2 }],
        wrt: [
          "1.tokens",
          "1.positions",
          "1.blocks.0.attention.wq",
          "1.blocks.0.mlp.w1",
          "1.norm.gamma",
        ],
      },
      {
        group: "errors",
        title: "an id isn't a row of the table",
        args: [{ shape: [1, 2], dtype: "int32", data: Int32Array.of(1, 7) }, small, { heads: 2 }],
        throws: "ids",
      },
      {
        group: "errors",
        title: "the text is longer than the table of positions",
        args: [random.ids([1, 7], 7), small, { heads: 2 }],
        throws: "length",
      },
    ];
  },
  mutants: [
    {
      edits: [["geluTanh, mask }", "geluTanh }"]],
      message:
        "There is no causal mask: each token sees the ones it has to predict. " +
        "Give the blocks causalMask(T).",
    },
    {
      edits: [[".add(learnedPositions(positions, T))", " as tf.Tensor"]],
      message:
        "No positions are added. " +
        "Add the first T rows of params.positions to the rows of tokens.",
    },
    {
      edits: [[", activation: geluTanh,", ","]],
      message:
        "The blocks use the exact GELU. " +
        "GPT-2 has the tanh approximation: pass activation: geluTanh.",
    },
    {
      edits: [["linear(layerNorm(x, norm.gamma, norm.beta), ", "linear(x, "]],
      message:
        "The last norm is missing. A pre-norm model has one more norm, after its last block.",
    },
    {
      edits: [["activation: geluTanh, mask }", 'activation: geluTanh, mask, norm: "post" }']],
      message:
        "The blocks are post-norm. " +
        "GPT-2 normalizes the inputs of attention and feed-forward, not the sums.",
    },
    {
      edits: [["of blocks)", "of [...blocks].reverse())"]],
      message: "The blocks run in the wrong order.",
    },
    {
      edits: [
        ["tf.gather(tokens, ids)", "tf.gather(tokens, ids).mul(Math.sqrt(tokens.shape[1]!))"],
      ],
      message:
        "The rows of tokens are scaled by √C, as in the original Transformer. " +
        "GPT-2 adds them as they are.",
    },
    {
      edits: [
        [
          "return linear(layerNorm(x, norm.gamma, norm.beta), tokens.transpose());",
          "return tf.softmax(linear(layerNorm(x, norm.gamma, norm.beta), tokens.transpose()));",
        ],
      ],
      message:
        "These are probabilities. " +
        "Return the scores as they are: the loss and the sampling apply the softmax themselves.",
    },
    {
      edits: [["causalMask(T);", "causalMask(T).transpose();"]],
      message:
        "The mask is transposed: each token sees itself and those after it. " +
        "Rows ask, columns are read.",
    },
    {
      edits: [
        [
          "for (const block of blocks) { x = encoderBlock(x,",
          "const first = x; for (const block of blocks) { x = encoderBlock(first,",
        ],
      ],
      message: "Each block reads the embeddings. It should read the output of the block before it.",
    },
    {
      edits: [["for (const block of blocks)", "for (const block of blocks.slice(0, 1))"]],
      message: "Only the first block runs.",
    },
    {
      edits: [
        [
          "return linear(layerNorm(x, norm.gamma, norm.beta), tokens.transpose());",
          "return tf.logSoftmax(linear(layerNorm(x, norm.gamma, norm.beta), tokens.transpose()));",
        ],
      ],
      message: "These are log-probabilities. Return scores: the loss applies the softmax.",
    },
    {
      edits: [
        [
          "x = encoderBlock(x, block,",
          "x = encoderBlock(block === blocks[0] ? x : x.add(learnedPositions(positions, T)), block,",
        ],
      ],
      message:
        "Positions are added before every block. They are added once, to the rows of tokens.",
    },
    {
      edits: [
        [
          ".add(learnedPositions(positions, T));",
          ".add(learnedPositions(positions, T)); x = layerNorm(x, norm.gamma, norm.beta);",
        ],
        ["linear(layerNorm(x, norm.gamma, norm.beta), tokens", "linear(x, tokens"],
      ],
      message: "The norm comes before the first block. It comes after the last one.",
    },
  ],
};
export default exercise;
