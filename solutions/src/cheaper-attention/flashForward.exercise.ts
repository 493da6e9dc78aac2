/** flashForward: its cases and its typical mistakes. */
import { tensorData, within, type Exercise } from "grader";

/** Queries and keys of the cases that measure; TILE of them in a tile. */
const LONG = 192;
const TILE = 24;
const tiled = { blockQ: TILE, blockK: TILE };
/** Four tiles of scores; those of all pairs would be 16 times as many. */
const LARGEST = 4 * TILE ** 2;

const exercise: Exercise = {
  cases: (random) => {
    const qkv = (B: number, H: number, T: number, S: number, D: number) => [
      random.normal([B, H, T, D]),
      random.normal([B, H, S, D]),
      random.normal([B, H, S, D]),
    ];
    const small = { blockQ: 2, blockK: 3 };
    return [
      { group: "values", title: "one tile holds everything", args: qkv(2, 2, 3, 5, 4) },
      {
        group: "values",
        title: "the tiles don't divide the text",
        args: [...qkv(1, 2, 5, 7, 4), small],
      },
      {
        group: "values",
        title: "no query sees a later key",
        args: [...qkv(1, 2, 6, 6, 4), { causal: true, ...small }],
      },
      {
        group: "values",
        title: "causal queries are the last of more keys",
        args: [...qkv(1, 1, 3, random.int(7, 9), 4), { causal: true, ...small }],
      },
      {
        group: "values",
        title: "the scale is given",
        args: [...qkv(1, 1, 3, 4, 4), { scale: 1.5, ...small }],
      },
      { group: "shapes", title: "one query meets one key", args: qkv(2, 1, 1, 1, 3) },
      {
        group: "shapes",
        title: "a tile holds one query and one key",
        args: [...qkv(1, 1, 3, 4, 2), { blockQ: 1, blockK: 1 }],
      },
      {
        group: "property",
        title: "the first queries see nothing",
        args: [...qkv(1, 1, 5, 2, 3), { causal: true, ...small }],
      },
      {
        group: "errors",
        title: "a tile holds no keys",
        args: [...qkv(1, 1, 3, 3, 2), { blockK: 0 }],
        throws: "blockK",
      },
      {
        group: "cost",
        title: "the largest tensor, for 192 queries and keys in tiles of 24",
        args: [...qkv(1, 1, LONG, LONG, 2), tiled],
        cost: within({ largest: LARGEST }),
      },
      {
        group: "cost",
        title: "what is in memory at the same time, for 192 queries and keys in tiles of 24",
        args: [...qkv(1, 1, LONG, LONG, 2), tiled],
        cost: within({ held: LONG ** 2 }),
      },
      {
        group: "values",
        title: "all scores are below −10⁴",
        args: [
          tensorData([1, 1, 2, 4], [-256, 0, 0, 1, -256, 0, 1, 0]),
          tensorData([1, 1, 3, 4], [256, 0, 1, 0, 256, 0, 0, 1, 256, 1, 0, 0]),
          random.normal([1, 1, 3, 4]),
          { scale: 1 },
        ],
      },
    ];
  },
  mutants: [
    {
      edits: [["output.mul(kept).add", "output.add"]],
      message:
        "You don't rescale the output so far when the maximum moves. " +
        "Multiply it by exp(m − m′), like the sum.",
    },
    {
      edits: [["sum.mul(kept).add", "sum.add"]],
      message:
        "You don't rescale the sum so far when the maximum moves. " +
        "Multiply it by exp(m − m′), like the output.",
    },
    {
      edits: [["top.add(sum.log())", "sum.log()"]],
      message: "logSumExp is missing the maximum that you took out of the scores: m + log(sum).",
    },
    {
      edits: [["output.div(sum.maximum(1))", "output"]],
      message:
        "The output is not divided by the sum of the weights. " +
        "Do it once, after the last tile of keys.",
    },
    {
      edits: [["pieces(q.mul(scale), grid.queries)", "pieces(q, grid.queries)"]],
      message: "The scores are not scaled. Multiply q by the scale first.",
    },
    {
      edits: [["hide(scores, wall(query, key, grid))", "scores"]],
      message:
        "In the tiles on the diagonal, queries still see later keys. " +
        "Hide their scores behind the wall.",
    },
    {
      edits: [
        [
          "// yours",
          `// yours
           const whole = { ...options, blockQ: q.shape[2] || 1, blockK: k.shape[2] || 1 };
           Object.assign(grid, expectFlash("flashForward", q, k, v, whole).grid);`,
        ],
      ],
      breaks: "the largest tensor, for 192 queries and keys in tiles of 24",
      message:
        "You make tensors much larger than a tile of blockQ × blockK scores. " +
        "Each round takes one tile of queries and one of keys.",
    },
    {
      edits: [
        ["const next = tf.tidy(() => {", "const next = (() => {"],
        ["values[j]!);\n          });", "values[j]!);\n          })();"],
        ["tf.dispose(row);", ""],
        [
          "const rows = grid.queries.map((query, i) =>\n      tf.tidy(() => {",
          "const rows = grid.queries.map((query, i) =>\n      (() => {",
        ],
        ["top.add(sum.log()) }; }), );", "top.add(sum.log()) }; })(), );"],
      ],
      breaks: "what is in memory at the same time, for 192 queries and keys in tiles of 24",
      message:
        "What one round makes is still in memory in later rounds. " +
        "Put each round into a tf.tidy that returns what the next one needs, and dispose of what it replaces.",
    },
    {
      edits: [["tf.fill([B, H, query.size, 1], LOWEST)", "tf.fill([B, H, query.size, 1], 0)"]],
      message:
        "The running maximum starts at 0, so it is wrong wherever all scores are below zero. " +
        "Start with LOWEST.",
    },
    {
      edits: [["queries[i]!.matMul(keysT[j]!)", "queries[i]!.matMul(keysT[j]!).mul(scale)"]],
      message: "You scale the scores twice: once with q and again in the tile.",
    },
    {
      edits: [["top.add(sum.log())", "top.add(sum.maximum(1).log())"]],
      message:
        "A query that sees nothing should have logSumExp −∞, the logarithm of its sum, 0. " +
        "Take the sum as it is; keep it at 1 or above only for the division.",
    },
    {
      edits: [["logSumExp: top.add(sum.log())", "logSumExp: sum"]],
      message: "logSumExp is the plain sum of the shifted exponentials. It is m + log(sum).",
    },
    {
      edits: [["logSumExp: top.add(sum.log())", "logSumExp: top"]],
      message: "logSumExp is the maximum alone. It is m + log(sum).",
    },
    {
      edits: [[".squeeze([3])", ""]],
      message: "logSumExp has an axis of length 1 too many. It is [B, H, T].",
    },
  ],
  tolerance: { atol: 3e-5, reason: "tiles add up in another order" },
};
export default exercise;
