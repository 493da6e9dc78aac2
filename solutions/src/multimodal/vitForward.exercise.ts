/** vitForward: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { drawVit } from "./drawVit";

const exercise: Exercise = {
  cases: (random) => {
    const vit = (length: number, C: number, patches: number, layers: number, F = 12) =>
      drawVit(random, { length, C, patches, layers, F });
    const tiny = vit(4, 4, 4, 2, 6);
    return [
      {
        group: "values",
        title: "two pictures in color go through one block",
        args: [random.normal([2, 4, 4, 3]), vit(12, 8, 4, 1), { patch: 2, heads: 2 }],
      },
      {
        group: "values",
        title: "there are three blocks of four heads",
        args: [random.normal([1, 6, 4, 1]), vit(4, 8, 6, 3), { patch: 2, heads: 4 }],
      },
      {
        group: "shapes",
        title: "one patch is the whole picture",
        args: [random.normal([3, 4, 4, 1]), vit(16, 6, 1, 2), { patch: 4, heads: 3 }],
      },
      {
        group: "shapes",
        title: "there are no blocks: embeddings through the last norm",
        args: [random.normal([2, 4, 4, 1]), vit(4, 4, 4, 0), { patch: 2, heads: 1 }],
      },
      {
        group: "gradient",
        title: "pictures and weights are differentiated",
        args: [random.normal([1, 4, 4, 1]), tiny, { patch: 2, heads: 2 }],
        wrt: ["0", "1.patches.cls", "1.blocks.0.attention.wq", "1.blocks.1.mlp.w1", "1.norm.gamma"],
        output: "tokens",
      },
      {
        group: "errors",
        title: "heads don't divide the width",
        args: [random.normal([1, 4, 4, 1]), vit(4, 4, 4, 1), { patch: 2, heads: 3 }],
        throws: "heads",
      },
      {
        group: "errors",
        title: "the patch doesn't divide the pictures",
        args: [random.normal([1, 5, 4, 1]), vit(4, 4, 4, 1), { patch: 2, heads: 2 }],
        throws: "patch",
      },
    ];
  },
  mutants: [
    {
      edits: [["tokens: layerNorm(x, norm.gamma, norm.beta)", "tokens: x"]],
      message: "The last norm is missing: tokens are norm(x), with params.norm.",
    },
    {
      edits: [["layerNorm(x, norm1.gamma, norm1.beta), layer", "x, layer"]],
      message: "Attention reads the stream as it is. In a pre-norm block it reads norm1(x).",
    },
    {
      edits: [["layerNorm(h, norm2.gamma, norm2.beta)", "h"]],
      message: "The feed-forward network reads the stream as it is. It reads norm2(h).",
    },
    {
      edits: [["layerNorm(h, norm2.gamma, norm2.beta)", "layerNorm(x, norm2.gamma, norm2.beta)"]],
      message:
        "The feed-forward network reads the stream from before attention. " +
        "It reads h, to which attention has been added.",
    },
    {
      edits: [["x = h.add(feedForward(", "x = x.add(feedForward("]],
      message:
        "What attention read is lost: the network's output is added to h, not to the x before it.",
    },
    {
      edits: [["const h = x.add(read.output);", "const h = read.output;"]],
      message: "The residual around attention is missing: h = x + attend(norm1(x)).",
    },
    {
      edits: [["attention.push(read.weights);", "attention.unshift(read.weights);"]],
      message: "The layers' weights come in the wrong order: the first block's go first.",
    },
    {
      edits: [
        [
          "return { tokens: layerNorm(x, norm.gamma, norm.beta), attention };",
          `const all = layerNorm(x, norm.gamma, norm.beta);
    return { tokens: all.slice([0, 0, 0], [-1, 1, -1]).squeeze([1]), attention };`,
        ],
      ],
      message: "Only the [class] token is returned. Return all tokens, [B, 1 + patches, C].",
    },
    {
      edits: [
        [
          "return { tokens: layerNorm(x, norm.gamma, norm.beta), attention };",
          `const maps = attention.map((w) => w.slice([0, 0, 0, 0], [-1, -1, 1, -1]).squeeze([2]));
    return { tokens: layerNorm(x, norm.gamma, norm.beta), attention: maps };`,
        ],
      ],
      message:
        "Only the rows of [class] are kept. Return each block's weights whole, [B, H, T, T].",
    },
    {
      edits: [["mlp, gelu)", "mlp, tf.relu)"]],
      message: "The feed-forward networks use ReLU. A Vision Transformer has the exact gelu.",
    },
    {
      edits: [
        [
          "const h = x.add(read.output);",
          "const h = layerNorm(x.add(read.output), norm1.gamma, norm1.beta);",
        ],
        [
          "x = h.add(feedForward(layerNorm(h, norm2.gamma, norm2.beta), mlp, gelu));",
          "x = layerNorm(h.add(feedForward(h, mlp, gelu)), norm2.gamma, norm2.beta);",
        ],
        [
          "attentionWithWeights(layerNorm(x, norm1.gamma, norm1.beta), layer",
          "attentionWithWeights(x, layer",
        ],
      ],
      message:
        "The norms come after the sums, as in BERT. Here they come first: norm, layer, then add.",
    },
  ],
};
export default exercise;
