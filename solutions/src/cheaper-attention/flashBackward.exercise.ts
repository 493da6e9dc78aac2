/**
 * flashBackward: its cases and its typical mistakes. The results that it starts from don't have to
 * belong to q, k and v: the formulas hold for any.
 */
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
    const result = (B: number, H: number, T: number, D: number) => ({
      output: random.normal([B, H, T, D]),
      logSumExp: random.uniform([B, H, T], 1, 3),
    });
    const all = (B: number, H: number, T: number, S: number, D: number) => [
      ...qkv(B, H, T, S, D),
      result(B, H, T, D),
      result(B, H, T, D),
    ];
    const small = { blockQ: 2, blockK: 3 };
    const unseen = () => {
      const seen = random.uniform([1], 1, 3).data[0] as number;
      return {
        output: random.normal([1, 1, 5, 3]),
        logSumExp: tensorData([1, 1, 5], [-Infinity, -Infinity, -Infinity, seen, 2]),
      };
    };
    return [
      { group: "values", title: "one tile holds everything", args: all(2, 2, 3, 5, 4) },
      {
        group: "values",
        title: "the tiles don't divide the text",
        args: [...all(1, 2, 5, 7, 4), small],
      },
      {
        group: "values",
        title: "no query sees a later key",
        args: [...all(1, 2, 6, 6, 4), { causal: true, ...small }],
      },
      {
        group: "values",
        title: "causal queries are the last of more keys",
        args: [...all(1, 1, 3, random.int(7, 9), 4), { causal: true, ...small }],
      },
      {
        group: "values",
        title: "the scale is given",
        args: [...all(1, 1, 3, 4, 4), { scale: 0.8, ...small }],
      },
      { group: "shapes", title: "one query meets one key", args: all(2, 1, 1, 1, 3) },
      {
        group: "property",
        title: "the first queries see nothing",
        args: [...qkv(1, 1, 5, 2, 3), unseen(), result(1, 1, 5, 3), { causal: true, ...small }],
      },
      {
        group: "shapes",
        title: "a tile holds one query and one key",
        args: [...all(1, 1, 3, 4, 2), { blockQ: 1, blockK: 1 }],
      },
      {
        group: "errors",
        title: "dy belongs to fewer queries",
        args: [...qkv(1, 1, 3, 3, 2), result(1, 1, 3, 2), result(1, 1, 2, 2)],
        throws: "dy",
      },
      {
        group: "cost",
        title: "the largest tensor, for 192 queries and keys in tiles of 24",
        args: [...all(1, 1, LONG, LONG, 2), tiled],
        cost: within({ largest: LARGEST }),
      },
      {
        group: "cost",
        title: "what is in memory at the same time, for 192 queries and keys in tiles of 24",
        args: [...all(1, 1, LONG, LONG, 2), tiled],
        cost: within({ held: LONG ** 2 }),
      },
      {
        group: "values",
        title: "the scale is negative",
        args: [...all(1, 2, 3, 4, 2), { scale: -0.7 }],
      },
    ];
  },
  mutants: [
    {
      edits: [["sum(-1, true).sub(column(dy.logSumExp))", "sum(-1, true)"]],
      message:
        "The gradient of logSumExp is lost. " +
        "It adds weights · dLogSumExp to the gradient of the scores.",
    },
    {
      edits: [["dWeights.sub(query.shift)", "dWeights"]],
      message:
        "The second part of the softmax's gradient is missing: " +
        "dScores = weights ∘ (dWeights − rowsum(dOutput ∘ output)).",
    },
    {
      edits: [["flip(tf.concat(dqT, 3)).mul(scale)", "flip(tf.concat(dqT, 3))"]],
      message: "The scale is missing from dq: the scores are scale · q·kᵀ.",
    },
    {
      edits: [["queryTiles(q.mul(scale),", "queryTiles(q,"]],
      message:
        "You compute the scores again without the scale. " +
        "Multiply q by it, as the forward pass does.",
    },
    {
      edits: [
        [
          "dy.output.mul(result.output).sum(-1, true)",
          "dy.output.mul(result.output).mean(-1, true)",
        ],
      ],
      message: "You average dOutput ∘ output over the features. Take the sum.",
    },
    {
      edits: [
        [
          "// yours",
          `// yours
           const whole = { ...options, blockQ: q.shape[2] || 1, blockK: k.shape[2] || 1 };
           Object.assign(grid, expectFlash("flashBackward", q, k, v, whole).grid);`,
        ],
      ],
      breaks: "the largest tensor, for 192 queries and keys in tiles of 24",
      message:
        "You make tensors much larger than a tile of blockQ × blockK weights. " +
        "Each round takes one tile of queries and one of keys.",
    },
    {
      edits: [
        ["const next = tf.tidy(() => {", "const next = (() => {"],
        ["key, hidden);\n        });", "key, hidden);\n        })();"],
        ["tf.dispose(sums);", ""],
      ],
      breaks: "what is in memory at the same time, for 192 queries and keys in tiles of 24",
      message:
        "What one round makes is still in memory in later rounds. " +
        "Put each round into a tf.tidy that returns the new sums, and dispose of the old ones.",
    },
    {
      edits: [["column(result.logSumExp).maximum(LOWEST)", "column(result.logSumExp)"]],
      message: "A query that saw nothing has L = −∞, and (−∞) − (−∞) is NaN. Use max(L, LOWEST).",
    },
    {
      edits: [
        [
          "join(columns.map((column) => column.dk))",
          "join(columns.map((column) => column.dk)).mul(scale)",
        ],
      ],
      message: "You scale dk twice: the queries that it is made of are already scaled.",
    },
    {
      edits: [[".sub(column(dy.logSumExp))", ".add(column(dy.logSumExp))"]],
      message: "The gradient of logSumExp has the wrong sign: dS = P ∘ (dP − rowsum + dL).",
    },
    {
      edits: [["hide(key.k.matMul(query.qT), hidden)", "key.k.matMul(query.qT)"]],
      message:
        "In the tiles on the diagonal, queries still see later keys. " +
        "Hide their scores behind the wall, as the forward pass does.",
    },
    {
      edits: [["dWeights.sub(query.shift)", "dWeights.sub(weights.mul(dWeights).sum(2, true))"]],
      message:
        "Your row sum covers only one tile of keys. " +
        "Take it from dO ∘ O, which covers the whole row.",
    },
    {
      edits: [
        [
          "dy.output.mul(result.output).sum(-1, true).sub(column(dy.logSumExp))",
          "column(dy.logSumExp).neg()",
        ],
      ],
      message:
        "The second part of the softmax's gradient is missing: dScores = weights ∘ (dWeights − " +
        "rowsum(dOutput ∘ output) + dLogSumExp).",
    },
    {
      edits: [
        [
          "join(columns.map((column) => column.dk))",
          "join(columns.map((column) => column.dk)).div(scale)",
        ],
      ],
      message: "The scale is missing from dk: the scores are scale · q·kᵀ.",
    },
    {
      edits: [
        [
          "join(columns.map((column) => column.dk))",
          "join(columns.map((column) => column.dk)).div(scale)",
        ],
        ["flip(tf.concat(dqT, 3)).mul(scale)", "flip(tf.concat(dqT, 3))"],
      ],
      message: "The scale is missing from dq and dk: the scores are scale · q·kᵀ.",
    },
    {
      edits: [
        [
          "weights.mul(dWeights.sub(query.shift))",
          'weights.notEqual(0).cast("float32").mul(dWeights.sub(query.shift))',
        ],
      ],
      message:
        "The gradient of the scores isn't multiplied by the weights: dScores = weights ∘ " +
        "(dWeights − rowsum + dLogSumExp).",
    },
  ],
  tolerance: { atol: 3e-5, reason: "tiles add up in another order" },
};
export default exercise;
