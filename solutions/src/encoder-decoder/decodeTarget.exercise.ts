/** decodeTarget: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";
import { drawDecoderBlock } from "./drawDecoder";

const exercise: Exercise = {
  cases: (random) => {
    const model = (V: number, C: number, layers: number) => ({
      target: random.normal([V, C], C ** -0.5),
      decoder: Array.from({ length: layers }, () => drawDecoderBlock(random, C, 2 * C)),
    });
    return [
      {
        group: "values",
        title: "there is one block",
        args: [random.ids([2, 3], 7), random.normal([2, 4, 8]), model(7, 8, 1), { heads: 2 }],
      },
      {
        group: "values",
        title: "there are two blocks",
        args: [random.ids([1, 4], 5), random.normal([1, 3, 4]), model(5, 4, 2), { heads: 2 }],
      },
      {
        group: "values",
        title: "the source is padded",
        args: [
          random.ids([2, 3], 5),
          random.normal([2, 3, 4]),
          model(5, 4, 1),
          { heads: 1, memoryMask: tensorData([2, 1, 1, 3], [1, 1, 1, 1, 0, 0]) },
        ],
      },
      {
        group: "shapes",
        title: "nothing but begin is written",
        args: [
          tensorData([1, 1], [1], "int32"),
          random.normal([1, 2, 4]),
          model(6, 4, 1),
          { heads: 1 },
        ],
      },
      {
        group: "gradient",
        title: "the table, which embeds and scores, and the memory are differentiated",
        args: [random.ids([2, 3], 5), random.normal([2, 3, 4]), model(5, 4, 1), { heads: 2 }],
        wrt: ["1", "2.target", "2.decoder.0.cross.wq"],
      },
      {
        group: "errors",
        title: "ids have one axis",
        args: [random.ids([3], 5), random.normal([1, 3, 4]), model(5, 4, 1), { heads: 2 }],
        throws: "ids",
      },
    ];
  },
  mutants: [
    {
      edits: [
        [
          "for (const block of params.decoder) y =",
          "for (const block of params.decoder.slice(0, 1)) y =",
        ],
      ],
      message: "Only the first block runs. Each block works on the output of the one before it.",
    },
    {
      edits: [
        [
          "decoderBlock(y, memory, block, options)",
          "decoderBlock(y, memory, block, { heads: options.heads })",
        ],
      ],
      message: "memoryMask gets lost, so the padding of the source is read. Pass the options on.",
    },
    {
      edits: [
        [
          "let y = embedTokens(ids, params.target);",
          "let y: tf.Tensor = tf.gather(params.target, ids as tf.Tensor2D);",
        ],
      ],
      message: "The tokens are embedded without √C and positions. embedTokens adds both.",
    },
    {
      edits: [["y, memory, block, options", "y, y, block, { heads: options.heads }"]],
      message: "The decoder reads itself instead of the source: the memory goes into every block.",
    },
    {
      edits: [
        [
          "return linear(y, params.target.transpose());",
          "return tf.logSoftmax(linear(y, params.target.transpose()));",
        ],
      ],
      message: "These are log-probabilities. Return scores: the loss applies the softmax.",
    },
    {
      edits: [["block, options)", 'block, { ...options, norm: "pre" })']],
      message: "The blocks are pre-norm. This is the model of 2017, post-norm: don't set norm.",
    },
    {
      edits: [
        [
          "return linear(y, params.target.transpose());",
          "return linear(y.div(Math.sqrt(params.target.shape[1]!)), params.target.transpose());",
        ],
      ],
      message: "The scores are divided by √C. Multiply y by the transposed table, nothing more.",
    },
    {
      edits: [
        [
          "for (const block of params.decoder) y =",
          "for (const block of params.decoder.slice(-1)) y =",
        ],
      ],
      message:
        "Each block reads the embeddings, so only the last one has an effect. It should read " +
        "the output of the block before it.",
    },
    {
      edits: [
        [
          "return linear(y, params.target.transpose());",
          "return linear(y, params.target.transpose()).mul(Math.sqrt(params.target.shape[1]!));",
        ],
      ],
      message:
        "The scores are multiplied by √C. Only the embeddings are; y goes through the table as " +
        "it is.",
    },
    {
      edits: [["of params.decoder) y", "of [...params.decoder].reverse()) y"]],
      message: "The blocks run in reverse order.",
    },
    {
      edits: [
        [
          "return linear(y, params.target.transpose());",
          "return tf.softmax(linear(y, params.target.transpose()));",
        ],
      ],
      message: "These are probabilities. Return scores: the loss applies the softmax.",
    },
    {
      edits: [
        [
          "let y = embedTokens(ids, params.target);",
          "let y: tf.Tensor = tf.gather(params.target, ids as tf.Tensor2D).mul(Math.sqrt(params.target.shape[1]!));",
        ],
      ],
      message: "The tokens have no positions. embedTokens multiplies by √C and adds them.",
    },
  ],
};
export default exercise;
