/** bertEncode: its cases and its typical mistakes. */
import {
  isTensorData,
  mapLeaves,
  tensorData,
  type Exercise,
  type Random,
  type Value,
} from "grader";
import { drawBlock, drawNorm } from "./drawBlock";

const params = (random: Random, V: number, M: number, C: number, layers: number) => ({
  tokens: random.normal([V, C]),
  positions: random.normal([M, C]),
  segments: random.normal([2, C]),
  norm: drawNorm(random, C),
  blocks: Array.from({ length: layers }, () => drawBlock(random, C, C + 2)),
});

/** The norms hand on millionths, and the block's weights, all zero, add nothing to them. */
function faint(drawn: { [name: string]: Value }): { [name: string]: Value } {
  const [block] = drawn.blocks as [{ [name: string]: Value }];
  const zero = mapLeaves(block, (leaf) =>
    isTensorData(leaf)
      ? tensorData(
          leaf.shape,
          leaf.data.map(() => 0),
        )
      : leaf,
  ) as { [name: string]: Value };
  const even = { gamma: tensorData([4], [1, 1, 1, 1]), beta: tensorData([4], [0, 0, 0, 0]) };
  const small = { ...even, gamma: tensorData([4], [1e-6, 1e-6, 1e-6, 1e-6]) };
  return { ...drawn, norm: small, blocks: [{ ...zero, norm1: small, norm2: even }] };
}

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      title: "two sentences through two blocks",
      args: [random.ids([2, 4], 6), params(random, 6, 5, 4, 2), { heads: 2 }],
    },
    {
      group: "values",
      title: "a row has two segments",
      args: [
        random.ids([1, 4], 6),
        params(random, 6, 4, 4, 1),
        { heads: 2, segments: tensorData([1, 4], [0, 0, 1, 1], "int32") },
      ],
    },
    {
      group: "values",
      title: "the second sentence is padded",
      args: [
        random.ids([2, 4], 6),
        params(random, 6, 5, 4, 1),
        { heads: 1, lengths: tensorData([2], [4, 2], "int32") },
      ],
    },
    {
      group: "values",
      title: "features barely differ, so eps matters",
      args: [
        tensorData([1, 2], [0, 0], "int32"),
        {
          ...params(random, 1, 2, 4, 0),
          tokens: tensorData([1, 4], [1e-4, -1e-4, 2e-4, 0]),
          positions: tensorData([2, 4], Array(8).fill(0)),
          segments: tensorData([2, 4], Array(8).fill(0)),
        },
        { heads: 1 },
      ],
    },
    {
      group: "shapes",
      title: "there is one token and no block",
      args: [random.ids([1, 1], 3), params(random, 3, 4, 4, 0), { heads: 2 }],
    },
    {
      group: "gradient",
      title: "the tables are differentiated",
      args: [tensorData([1, 3], [1, 2, 1], "int32"), params(random, 4, 4, 4, 1), { heads: 2 }],
      wrt: ["1.tokens", "1.positions", "1.segments", "1.norm.gamma", "1.blocks.0.mlp.w1"],
    },
    {
      group: "errors",
      title: "there are more tokens than positions",
      args: [random.ids([1, 4], 3), params(random, 3, 3, 4, 1), { heads: 2 }],
      throws: "ids",
    },
    {
      group: "values",
      title: "features hardly differ inside a block, so that eps counts",
      args: [random.ids([1, 3], 4), faint(params(random, 4, 3, 4, 1)), { heads: 1 }],
    },
  ],
  mutants: [
    {
      edits: [["words.add(places).add(kinds)", "words.add(kinds)"]],
      message: "The positions are missing, so the encoder reads a bag of words.",
    },
    {
      edits: [["words.add(places).add(kinds)", "words.add(places)"]],
      message:
        "The segments are missing. " +
        "They are added even where all are 0: row 0 of their table is not zero.",
    },
    {
      edits: [
        [
          "let x = layerNorm(words.add(places).add(kinds), norm.gamma, norm.beta, 1e-12);",
          "let x: tf.Tensor = words.add(places).add(kinds);",
        ],
      ],
      message: "The sum of the three embeddings goes through a norm before the first block.",
    },
    {
      edits: [["norm.gamma, norm.beta, 1e-12", "norm.gamma, norm.beta"]],
      message: "The first norm has the default eps of 1e-5; BERT's is 1e-12.",
    },
    {
      edits: [['norm: "post", eps: 1e-12', 'norm: "pre", eps: 1e-12']],
      message: "The blocks are pre-norm. BERT's are post-norm.",
    },
    {
      edits: [["{ heads, mask, norm", "{ heads, norm"]],
      message: "The padding mask doesn't reach the blocks, so padding is read.",
    },
    {
      edits: [
        [
          "for (const block of params.blocks) { x = encoderBlock(x, block,",
          `const first = x;
           for (const block of params.blocks) { x = encoderBlock(first, block,`,
        ],
      ],
      message: "Each block reads the embeddings. It should read the output of the block before it.",
    },
    {
      edits: [["segments ?? tf.zerosLike(ids)", "tf.zerosLike(ids)"]],
      message: "options.segments is never read: every token counts as part of the first sentence.",
    },
    {
      edits: [
        ["norm.gamma, norm.beta, 1e-12", "norm.gamma, norm.beta"],
        ['norm: "post", eps: 1e-12', 'norm: "post"'],
      ],
      message: "Every norm has the default eps of 1e-5; BERT's is 1e-12, in the blocks as well.",
    },
    {
      edits: [
        [
          "const kinds = lookUpTokens(segments ?? tf.zerosLike(ids), params.segments);",
          "const kinds = segments ? lookUpTokens(segments, params.segments) : tf.scalar(0);",
        ],
      ],
      message:
        "Without options.segments nothing is added. " +
        "All segments are 0 then, and row 0 of their table is not zero.",
    },
    {
      edits: [['norm: "post", eps: 1e-12', 'norm: "post"']],
      message: "The blocks have the default eps of 1e-5; BERT's is 1e-12 in every norm.",
    },
    {
      edits: [["return x;", "return layerNorm(x, norm.gamma, norm.beta, 1e-12);"]],
      message:
        "There is an extra norm after the last block. " +
        "Post-norm blocks already end with a norm; this one belongs to the sum of the embeddings.",
    },
    {
      edits: [["positions.slice([0, 0], [T, C])", "positions.slice([0, 0], [1, C])"]],
      message: "Every token gets the first position. Token t gets row t: add the first T rows.",
    },
    {
      edits: [["words.add(places)", "words.mul(Math.sqrt(C)).add(places)"]],
      message:
        "The words are scaled by √C, as in the original Transformer. BERT adds its three " +
        "tables as they are.",
    },
    {
      edits: [["x = encoderBlock(x, block,", "x = encoderBlock(x, params.blocks[0]!,"]],
      message: "Every block has the weights of the first one.",
    },
    {
      edits: [
        ["for (const block of params.blocks)", "for (const block of params.blocks.slice(0, 1))"],
      ],
      message: "Only the first block runs.",
    },
    {
      edits: [
        [
          "layerNorm(words.add(places).add(kinds), norm.gamma, norm.beta, 1e-12)",
          "layerNorm(words, norm.gamma, norm.beta, 1e-12).add(places).add(kinds)",
        ],
      ],
      message:
        "The norm comes before positions and segments are added. It comes after: norm(words + " +
        "positions + segments).",
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
