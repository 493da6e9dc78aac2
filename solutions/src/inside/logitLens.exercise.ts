/** logitLens: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { drawGptParams } from "../decoders/drawModels";

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
        title: "there are three blocks",
        args: [
          random.ids([1, 5], 7),
          drawGptParams(random, { V: 7, C: 8, F: 12, M: 8, layers: 3 }),
          { heads: 4 },
        ],
      },
      {
        group: "shapes",
        title: "the text is one token",
        args: [random.ids([3, 1], 7), small, { heads: 2 }],
      },
      {
        group: "shapes",
        title: "there are no blocks, so one row is left",
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
      edits: [["layerNorm(tf.stack(streams), norm.gamma, norm.beta)", "tf.stack(streams)"]],
      message:
        "The last norm is missing. " +
        "The token table expects a normalized stream, after each layer as at the end.",
    },
    {
      edits: [
        [
          "layerNorm(tf.stack(streams), norm.gamma, norm.beta)",
          "layerNorm(tf.stack(streams), tf.onesLike(norm.gamma), tf.zerosLike(norm.beta))",
        ],
      ],
      message: "The norm is plain. Use the model's last norm with its gamma and beta.",
    },
    {
      edits: [
        [
          "const normed = layerNorm(tf.stack(streams), norm.gamma, norm.beta);",
          `const ends = streams.map((s, i) =>
             i === blocks.length ? layerNorm(s, norm.gamma, norm.beta) : s);
           const normed = tf.stack(ends);`,
        ],
      ],
      message:
        "Only the last row goes through the norm. The lens reads each stream as if it were the " +
        "last one, so each goes through the last norm.",
    },
    {
      edits: [["const streams = [x];", "const streams: tf.Tensor[] = [];"]],
      message:
        "The row before the first block is missing: keep the embeddings, too. " +
        "L blocks give L + 1 rows.",
    },
    {
      edits: [["activation: geluTanh, mask }", "activation: geluTanh }"]],
      message:
        "There is no causal mask: each token sees the ones it has to predict. " +
        "Give the blocks causalMask(T).",
    },
    {
      edits: [[", activation: geluTanh,", ","]],
      message:
        "The blocks use the exact GELU. " +
        "GPT-2 has the tanh approximation: pass activation: geluTanh.",
    },
    {
      edits: [[".add(learnedPositions(positions, T))", " as tf.Tensor"]],
      message: "No positions are added. Add the first T rows of params.positions.",
    },
    {
      edits: [
        [
          "return linear(normed, tokens.transpose());",
          "return tf.softmax(linear(normed, tokens.transpose()));",
        ],
      ],
      message: "These are probabilities. Return the scores as they are.",
    },
    {
      edits: [["tf.stack(streams)", "tf.stack(streams.reverse())"]],
      message: "The rows are in the wrong order: first the embeddings, last the model's logits.",
    },
    {
      edits: [
        [
          "const normed = layerNorm(tf.stack(streams)",
          "const added = streams.map((s, i) => (i === 0 ? s : s.sub(streams[i - 1]!)));\n" +
            "    const normed = layerNorm(tf.stack(added)",
        ],
      ],
      message:
        "Each row reads only what its block added. " +
        "The lens reads the stream, which is the sum of all that came before.",
    },
    {
      edits: [["const streams = [x];", "const streams: tf.Tensor[] = [tf.gather(tokens, ids)];"]],
      message:
        "Row 0 reads the token embeddings alone. The stream before the first block has the " +
        "positions, too.",
    },
    {
      edits: [
        [
          "const normed = layerNorm(tf.stack(streams), norm.gamma, norm.beta);",
          `const nexts = [...blocks.map((block) => block.norm1), norm];
    const normed = tf.stack(streams.map((s, l) => layerNorm(s, nexts[l]!.gamma, nexts[l]!.beta)));`,
        ],
      ],
      message:
        "Each stream goes through the norm of the next block. The lens takes the model's last " +
        "norm for all of them.",
    },
  ],
};
export default exercise;
