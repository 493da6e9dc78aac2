/** blockSparseAttention: its cases and its typical mistakes. */
import { within, type Exercise } from "grader";

/** Tokens of the case that measures, in blocks of SIDE. */
const LONG = 512;
const SIDE = 16;

const exercise: Exercise = {
  cases: (random) => {
    const qkv = (B: number, H: number, T: number, D: number) => [
      random.normal([B, H, T, D]),
      random.normal([B, H, T, D]),
      random.normal([B, H, T, D]),
    ];
    const band = (n: number) =>
      Array.from({ length: n }, (_, i) =>
        Array.from({ length: n }, (_, j) => (Math.abs(i - j) < 2 ? 1 : 0)),
      );
    const pattern = (...rows: string[]) => rows.map((row) => [...row].map(Number));
    const bird = pattern("1111", "1110", "1011", "1101");
    return [
      {
        group: "values",
        title: "a pattern like BigBird's",
        args: [...qkv(2, 2, 8, 3), bird, 2],
      },
      {
        group: "values",
        title: "the pattern is not symmetric",
        args: [...qkv(1, 2, 9, 3), pattern("100", "110", "011"), 3],
      },
      {
        group: "values",
        title: "all blocks are chosen",
        args: [...qkv(1, 1, 6, 4), pattern("11", "11"), 3],
      },
      { group: "shapes", title: "there is one token", args: [...qkv(1, 1, 1, 3), [[1]], 1] },
      { group: "shapes", title: "blocks hold one token", args: [...qkv(1, 2, 4, 2), bird, 1] },
      {
        group: "property",
        title: "a block of queries sees nothing",
        args: [...qkv(1, 1, 4, 3), pattern("00", "10"), 2],
      },
      {
        group: "gradient",
        title: "q, k and v are differentiated",
        args: [...qkv(1, 1, 6, 3), pattern("101", "010", "011"), 2],
        wrt: ["0", "1", "2"],
      },
      {
        group: "errors",
        title: "block doesn't divide the text",
        args: [...qkv(1, 1, 5, 2), pattern("11", "11"), 2],
        throws: "block",
      },
      {
        group: "cost",
        title: "what 512 tokens cost when a tenth of the blocks is chosen",
        args: [...qkv(1, 1, LONG, 2), band(LONG / SIDE), SIDE],
        // all blocks cost seven times the square of the text, the chosen ones half of it
        cost: within({ largest: LONG ** 2 / 4, work: 2 * LONG ** 2 }),
      },
      {
        group: "cost",
        title: "a text has 6,000 tokens",
        args: [...qkv(1, 1, 6000, 2), band(60), 100],
      },
    ];
  },
  mutants: [
    {
      edits: [["row[j] === 1", "blocks[j]![i] === 1"]],
      message: "You read the pattern by columns. Row i says what the queries of block i see.",
    },
    {
      edits: [["q.mul(scale)", "q"]],
      message: "The scores are not scaled. Multiply them by 1/√D.",
    },
    {
      edits: [
        ["tf.concat(chosen(keys), 3)", "tf.concat(keys, 3)"],
        ["tf.concat(chosen(values), 2)", "tf.concat(values, 2)"],
      ],
      message: "You compute all blocks, and queries see them all. Take only the chosen ones.",
    },
    {
      edits: [
        [
          "return attendTile(queries[i]!, seenKeys, seenValues);",
          `const each = chosen(keys).map((key, j) =>
             attendTile(queries[i]!, key, chosen(values)[j]!),
           );
           return tf.addN(each).div(each.length);`,
        ],
      ],
      message:
        "Each block has its own softmax, and you average the outputs. " +
        "One softmax runs over all chosen keys.",
    },
    {
      edits: [
        [
          "const tiles = cut(T, block);",
          `const n = T / block;
           const large = tf.tensor2d(blocks).reshape([n, 1, n, 1]).tile([1, block, 1, block]);
           const mask = large.reshape([T, T]);
           if (T > 0) return scaledDotProductAttention(q, k, v, { mask }).output;
           const tiles = cut(T, block);`,
        ],
      ],
      breaks: "what 512 tokens cost when a tenth of the blocks is chosen",
      message:
        "The cost is that of all blocks, however few are chosen. " +
        "Take the chosen blocks before you multiply.",
    },
    {
      edits: [
        ["if (!row.includes(1)) {", "if (!blocks.some((other) => other[i] === 1)) {"],
        ["row[j] === 1", "blocks[j]![i] === 1"],
      ],
      message: "You read the pattern by columns. Row i says what the queries of block i see.",
    },
    {
      edits: [
        [
          "scaledDotProductAttention(queries[i]!, noTokens(k), noTokens(v)).output",
          "attendTile(queries[i]!, tf.concat(keys, 3), tf.concat(values, 2))",
        ],
      ],
      message: "Queries whose block sees none see all keys. They get zeros.",
    },
    {
      edits: [
        [
          "const tiles = cut(T, block);",
          `const mask = tf.tensor2d(blocks).tile([block, block]);
           if (T > 0) return scaledDotProductAttention(q, k, v, { mask }).output;
           const tiles = cut(T, block);`,
        ],
      ],
      message:
        "You repeat the whole pattern side by side. " +
        "Each of its entries stands for block × block neighboring tokens.",
    },
  ],
};
export default exercise;
