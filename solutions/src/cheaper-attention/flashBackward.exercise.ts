/**
 * flashBackward: its cases and its typical mistakes. The results it starts from need not belong to
 * q, k and v: the formulas hold for any.
 */
import { tensorData, type Exercise } from "grader";

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
    return [
      { group: "values", says: "one tile holds all", args: all(2, 2, 3, 5, 4) },
      {
        group: "values",
        says: "the tiles do not divide the text",
        args: [...all(1, 2, 5, 7, 4), small],
      },
      {
        group: "values",
        says: "no query sees a later key",
        args: [...all(1, 2, 6, 6, 4), { causal: true, ...small }],
      },
      {
        group: "values",
        says: "causal queries are the last of more keys",
        args: [...all(1, 1, 3, random.int(7, 9), 4), { causal: true, ...small }],
      },
      {
        group: "values",
        says: "the scale is given",
        args: [...all(1, 1, 3, 4, 4), { scale: 0.8, ...small }],
      },
      { group: "shapes", says: "one query meets one key", args: all(2, 1, 1, 1, 3) },
      {
        group: "property",
        says: "the first queries see nothing",
        args: [
          ...qkv(1, 1, 5, 2, 3),
          {
            output: random.normal([1, 1, 5, 3]),
            logSumExp: tensorData(
              [1, 1, 5],
              [-Infinity, -Infinity, -Infinity, random.uniform([1], 1, 3).data[0] as number, 2],
            ),
          },
          result(1, 1, 5, 3),
          { causal: true, ...small },
        ],
      },
      {
        group: "shapes",
        says: "a tile holds one query and one key",
        args: [...all(1, 1, 3, 4, 2), { blockQ: 1, blockK: 1 }],
      },
      {
        group: "errors",
        says: "dy belongs to fewer queries",
        args: [...qkv(1, 1, 3, 3, 2), result(1, 1, 3, 2), result(1, 1, 2, 2)],
        throws: "dy",
      },
      { group: "cost", says: "4,000 queries meet 4,000 keys", args: all(1, 1, 4000, 4000, 2) },
    ];
  },
  mutants: [
    {
      edits: [["sum(-1, true).sub(column(dy.logSumExp))", "sum(-1, true)"]],
      says:
        "The gradient of logSumExp is lost. It adds weights · dLogSumExp to the gradient of " +
        "the scores.",
    },
    {
      edits: [["matMul(dOutputsT[i]!).sub(shifts[i]!)", "matMul(dOutputsT[i]!)"]],
      says:
        "The gradient of the softmax lacks its second part: " +
        "dScores = weights ∘ (dWeights − rowsum(dOutput ∘ output)).",
    },
    {
      edits: [["flip(tf.concat(dqT, 3)).mul(scale)", "flip(tf.concat(dqT, 3))"]],
      says: "dq lacks the scale: the scores are scale · q·kᵀ.",
    },
    {
      edits: [["ofQueries(q.mul(scale))", "ofQueries(q)"]],
      says:
        "The scores are made again without the scale. " +
        "Multiply q by it, as the forward pass does.",
    },
    {
      edits: [
        [
          "dy.output.mul(result.output).sum(-1, true)",
          "dy.output.mul(result.output).mean(-1, true)",
        ],
      ],
      says: "dOutput ∘ output is averaged over the features. It is summed.",
    },
    {
      edits: [
        [
          '= expectFlash("flashBackward", q, k, v, options)',
          '= (expectFlash("flashBackward", q, k, v, options), expectFlash("flashBackward", ' +
            "q, k, v, { ...options, blockQ: q.shape[2] || 1, blockK: k.shape[2] || 1 }))",
        ],
      ],
      breaks: "4,000 queries meet 4,000 keys",
      says:
        "The whole matrix of weights is held, which does not fit for 4,000 tokens. " +
        "Hold one tile at a time.",
    },
    {
      edits: [["column(result.logSumExp).maximum(LOWEST)", "column(result.logSumExp)"]],
      says: "A query that saw nothing has L = −∞, and (−∞) − (−∞) is NaN. Use max(L, LOWEST).",
    },
    {
      edits: [
        ["dk.add(dScores.matMul(queries[i]!))", "dk.add(dScores.matMul(queries[i]!).mul(scale))"],
      ],
      says: "dk is scaled twice: the queries it is made of are scaled already.",
    },
    {
      edits: [[".sub(column(dy.logSumExp))", ".add(column(dy.logSumExp))"]],
      says: "The gradient of logSumExp has the wrong sign: dS = P ∘ (dP − rowsum + dL).",
    },
    {
      edits: [
        [
          "hide(keys[j]!.matMul(queriesT[i]!), wall(query, key, grid)?.transpose())",
          "keys[j]!.matMul(queriesT[i]!)",
        ],
      ],
      says:
        "In the tiles on the diagonal, queries still see later keys. " +
        "Hide their scores behind the wall, as the forward pass does.",
    },
    {
      edits: [
        [".sub(shifts[i]!)", ".sub(weights.mul(values[j]!.matMul(dOutputsT[i]!)).sum(2, true))"],
      ],
      says:
        "The row sum runs over one tile of keys only. " +
        "Taken from dO ∘ O it is that of the whole row.",
    },
  ],
  tolerance: { atol: 3e-5, why: "tiles add up in another order" },
};
export default exercise;
