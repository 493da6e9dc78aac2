/** esmEncode: its cases and its typical mistakes. */
import { tensorData, type Exercise, type Random } from "grader";
import { drawBlock, drawNorm } from "./drawBlock";

const params = (random: Random, V: number, C: number, layers: number) => ({
  tokens: random.normal([V, C]),
  blocks: Array.from({ length: layers }, () => drawBlock(random, C, C + 2)),
  norm: drawNorm(random, C),
});

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      title: "two sequences through two blocks",
      args: [random.ids([2, 4], 6), params(random, 6, 4, 2), { heads: 1 }],
    },
    {
      group: "values",
      title: "heads of width four",
      args: [random.ids([1, 5], 6), params(random, 6, 8, 1), { heads: 2 }],
    },
    {
      group: "values",
      title: "the first sequence is padded",
      args: [
        random.ids([2, 4], 6),
        params(random, 6, 4, 1),
        { heads: 2, lengths: tensorData([2], [2, 4], "int32") },
      ],
    },
    {
      group: "values",
      title: "maskId is given, and masked tokens are dropped",
      args: [
        tensorData([2, 4], [3, 1, 4, 2, 1, 5, 1, 3], "int32"),
        params(random, 6, 4, 1),
        { heads: 2, maskId: 1 },
      ],
    },
    {
      group: "values",
      title: "maskId is given, and the first sequence is padded",
      args: [
        tensorData([2, 5], [3, 1, 4, 0, 0, 5, 1, 3, 2, 4], "int32"),
        params(random, 6, 4, 1),
        { heads: 2, maskId: 1, lengths: tensorData([2], [3, 5], "int32") },
      ],
    },
    {
      group: "shapes",
      title: "there is one token and no block",
      args: [random.ids([1, 1], 3), params(random, 3, 4, 0), { heads: 2 }],
    },
    {
      group: "gradient",
      title: "the table and the weights are differentiated",
      args: [tensorData([1, 3], [1, 2, 1], "int32"), params(random, 4, 4, 1), { heads: 2 }],
      wrt: ["1.tokens", "1.norm.gamma", "1.blocks.0.attention.wq", "1.blocks.0.mlp.w1"],
    },
    {
      group: "errors",
      title: "lengths has the wrong number of sequences",
      args: [
        random.ids([2, 3], 3),
        params(random, 3, 4, 1),
        { heads: 2, lengths: tensorData([1], [3], "int32") },
      ],
      throws: "lengths",
    },
  ],
  mutants: [
    {
      edits: [
        ["    if (maskId !== undefined) x = tokenDropout(x, ids, { maskId, lengths });\n", ""],
      ],
      message:
        "maskId is ignored. Where it is given, tokenDropout comes between the table and the blocks.",
    },
    {
      edits: [["tokenDropout(x, ids, { maskId, lengths })", "tokenDropout(x, ids, { maskId })"]],
      message:
        "tokenDropout doesn't get the lengths, so padding counts as tokens that aren't masked.",
    },
    {
      edits: [['norm: "pre", rope: { layout: "halves" }', 'norm: "pre"']],
      message:
        "There are no positions: " +
        "ESM has no table for them, so RoPE must rotate queries and keys in each block.",
    },
    {
      edits: [['rope: { layout: "halves" } }); }', "rope: {} }); }"]],
      message: 'RoPE rotates neighboring pairs. ESM pairs feature i with i + D/2, layout "halves".',
    },
    {
      edits: [['norm: "pre", rope', 'norm: "post", rope']],
      message: "The blocks are post-norm, like BERT's. ESM's are pre-norm.",
    },
    {
      edits: [["return layerNorm(x, params.norm.gamma, params.norm.beta);", "return x;"]],
      message:
        "The norm after the last block is missing. " +
        "In pre-norm, nothing else normalizes the output.",
    },
    {
      edits: [
        [
          "let x = lookUpTokens(ids, params.tokens);",
          `const words = lookUpTokens(ids, params.tokens);
           let x: tf.Tensor = layerNorm(words, params.norm.gamma, params.norm.beta);`,
        ],
        ["return layerNorm(x, params.norm.gamma, params.norm.beta);", "return x;"],
      ],
      message: "The norm comes before the first block, as in BERT. ESM's comes after the last.",
    },
    {
      edits: [["{ heads, mask, norm", "{ heads, norm"]],
      message: "The padding mask doesn't reach the blocks, so padding is read.",
    },
    {
      edits: [
        ['norm: "pre", rope', 'norm: "pre", eps: 1e-12, rope'],
        ["params.norm.gamma, params.norm.beta);", "params.norm.gamma, params.norm.beta, 1e-12);"],
      ],
      message: "eps is BERT's 1e-12. ESM has the default, 1e-5.",
    },
    {
      edits: [
        [
          'x = encoderBlock(x, block, { heads, mask, norm: "pre", rope: { layout: "halves" } });',
          `x = encoderBlock(x, block, { heads, mask, norm: "pre", rope: { layout: "halves" } });
           x = layerNorm(x, params.norm.gamma, params.norm.beta);`,
        ],
        ["return layerNorm(x, params.norm.gamma, params.norm.beta);", "return x;"],
      ],
      message: "The last norm comes after every block. It comes once, after the last one.",
    },
    {
      edits: [
        [
          "let x = lookUpTokens(ids, params.tokens);",
          `const words = lookUpTokens(ids, params.tokens);
           let x: tf.Tensor = layerNorm(words, params.norm.gamma, params.norm.beta);`,
        ],
      ],
      message:
        "The last norm comes before the first block, too. It comes once, after the last block.",
    },
    {
      edits: [
        ["    if (maskId !== undefined) x = tokenDropout(x, ids, { maskId, lengths }); ", ""],
        [
          "return layerNorm(x,",
          `if (maskId !== undefined) x = tokenDropout(x, ids, { maskId, lengths });
           return layerNorm(x,`,
        ],
      ],
      message:
        "tokenDropout comes after the blocks. It changes what the blocks read: use it between " +
        "the table and the first block.",
    },
    {
      edits: [["of params.blocks)", "of params.blocks.slice(0, 1))"]],
      message: "Only the first block runs.",
    },
    {
      edits: [
        [
          "for (const block of params.blocks) { x = encoderBlock(x,",
          "const first = x; for (const block of params.blocks) { x = encoderBlock(first,",
        ],
      ],
      message: "Each block reads the embeddings. It should read the output of the block before it.",
    },
    {
      edits: [
        [
          "lengths && paddingMask(lengths, T)",
          "lengths && tf.scalar(1).sub(paddingMask(lengths, T))",
        ],
      ],
      message:
        "The mask is upside down: blocks read the padding and nothing else. 1 stands for " +
        "tokens, 0 for padding.",
    },
  ],
};
export default exercise;
