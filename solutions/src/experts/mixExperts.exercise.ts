/** mixExperts: its cases and its typical mistakes. */
import { tensorData, within, type Exercise, type Random } from "grader";
import { drawExperts } from "./drawExperts";

/** Gates of N tokens: a number from 0.1 to 1 where a token is in an expert's list. */
function drawGates(random: Random, N: number, tokens: number[][]) {
  const E = tokens.length;
  const gates = new Array<number>(N * E).fill(0);
  tokens.forEach((own, e) => own.forEach((n) => (gates[n * E + e] = 0.1 + 0.9 * random.next())));
  return tensorData([N, E], gates);
}

/** Tokens and experts of the case that measures; each expert has an eighth of the tokens. */
const [MANY, EXPERTS, C, F] = [256, 8, 8, 64];
/** Multiplications of one expert for one token, forth and back. */
const once = 2 * MANY * C * F;
const shared = Array.from({ length: EXPERTS }, (_, e) =>
  Array.from({ length: MANY / EXPERTS }, (_, i) => EXPERTS * i + e),
);

const exercise: Exercise = {
  cases: (random) => {
    const args = (N: number, C: number, F: number, tokens: number[][]) => [
      random.normal([N, C]),
      drawGates(random, N, tokens),
      drawExperts(random, tokens.length, C, F),
      tokens,
    ];
    return [
      {
        group: "values",
        title: "one expert per token",
        args: args(5, 4, 6, [[1, 4], [0], [2, 3]]),
      },
      {
        group: "values",
        title: "two experts per token",
        args: args(4, 3, 5, [
          [0, 1],
          [0, 2, 3],
          [1, 2, 3],
        ]),
      },
      { group: "values", title: "an expert is idle", args: args(4, 4, 6, [[0, 2], [], [1, 3]]) },
      { group: "values", title: "two tokens were dropped", args: args(5, 4, 6, [[3], [0, 4]]) },
      { group: "values", title: "all tokens were dropped", args: args(3, 4, 6, [[], []]) },
      {
        group: "values",
        title: "a token has a gate for an expert that doesn't have it in its list",
        args: [
          ...args(4, 3, 5, [
            [0, 1, 3],
            [2, 3],
          ]).slice(0, 3),
          [
            [0, 1],
            [2, 3],
          ],
        ],
      },
      { group: "shapes", title: "there is one expert", args: args(4, 3, 5, [[0, 1, 2, 3]]) },
      { group: "shapes", title: "there is one token", args: args(1, 4, 6, [[], [0]]) },
      {
        group: "gradient",
        title: "x, gates and weights are differentiated",
        args: args(4, 3, 4, [[0, 1], [2], [0, 3]]),
        wrt: ["0", "1", "2.w1", "2.b1", "2.w2", "2.b2"],
      },
      {
        group: "errors",
        title: "the weights are for another width",
        args: [
          random.normal([4, 5]),
          ...args(4, 4, 6, [
            [0, 1],
            [2, 3],
          ]).slice(1),
        ],
        throws: "w1",
      },
      {
        group: "errors",
        title: "a token isn't in x",
        args: [...args(3, 4, 6, [[0], [1, 2]]).slice(0, 3), [[0], [1, 3]]],
        throws: "tokens",
      },
      {
        group: "cost",
        title: "what 256 tokens cost with eight experts, one for each token",
        args: args(MANY, C, F, shared),
        cost: within({ work: 3 * once }),
      },
    ];
  },
  mutants: [
    {
      edits: [
        ['const rows = tf.tensor1d(own, "int32");', 'const rows = tf.range(0, N, 1, "int32");'],
        [
          "const ids = tokens.flat();",
          "const ids = tokens.flatMap((own) => (own.length ? x.arraySync() as number[][] : " +
            "[]).map((_, n) => n));",
        ],
      ],
      breaks: "what 256 tokens cost with eight experts, one for each token",
      message:
        "Every expert computes every token. Gather the rows of its own tokens first; that is " +
        "what experts save.",
    },
    {
      edits: [
        ['const rows = tf.tensor1d(own, "int32");', 'const rows = tf.range(0, N, 1, "int32");'],
        [
          "const ids = tokens.flat();",
          "const ids = tokens.flatMap(() => Array.from({ length: N }, (_, n) => n));",
        ],
        ["if (own.length === 0) return [];", "void own;"],
      ],
      message:
        "Every expert computes every token, and only its gate decides what counts. Read `tokens`: " +
        "gather the rows that an expert has in its list, and compute no others.",
    },
    {
      edits: [[".mul(gate)];", "];"]],
      message: "The gates are missing: multiply each expert's answer by the token's gate for it.",
    },
    {
      edits: [["slice([0, e], [-1, 1])", "sum(1, true)"]],
      message:
        "Each answer is weighted with the sum of the token's gates. Expert e's answer counts " +
        "gates[n, e].",
    },
    {
      edits: [
        [
          'tf.unsortedSegmentSum(tf.concat(answers), tf.tensor1d(ids, "int32"), N)',
          "tf.concat([tf.concat(answers), tf.zeros([N, C])]).slice([0, 0], [N, C])",
        ],
        ["const ids =", "const ids: number[] ="],
      ],
      message:
        "The rows stand in the order of the experts. Row n of the result belongs to token n: " +
        "add each answer to the row of its token.",
    },
    {
      edits: [
        [
          "geluTanh(linear(tf.gather(x, rows), of(w1), of(b1)))",
          "linear(tf.gather(x, rows), of(w1), of(b1))",
        ],
        ['import { geluTanh } from "../shared/geluTanhWithGradient";\n', ""],
      ],
      message: "The experts are linear: geluTanh between the two layers is missing.",
    },
    {
      edits: [["of(w1), of(b1))", "of(w1))"]],
      message: "The first bias, b1, is missing.",
    },
    {
      edits: [
        [
          "linear(hidden, of(w2), of(b2)).mul(gate)",
          "linear(hidden, of(w2)).mul(gate).add(of(b2))",
        ],
      ],
      message: "b2 isn't weighted with the gate. It is part of the expert's answer.",
    },
    {
      edits: [
        ["tf.gather(x, rows), of(w1)", "tf.gather(x, rows).mul(gate), of(w1)"],
        [".mul(gate)];", "];"],
      ],
      message: "The gate is applied to the expert's input. Weight its answer.",
    },
    {
      edits: [["w.slice([e], [1])", "w.slice([0], [1])"]],
      message: "All experts use the weights of expert 0. Take row e of w1, b1, w2 and b2.",
    },
    {
      edits: [
        [
          'return tf.unsortedSegmentSum(tf.concat(answers), tf.tensor1d(ids, "int32"), N);',
          'const y = tf.unsortedSegmentSum(tf.concat(answers), tf.tensor1d(ids, "int32"), N);\n' +
            "    return tf.where(gates.sum(1, true).equal(0), x, y);",
        ],
      ],
      message:
        "Dropped tokens pass x on. That is what the residual around this layer does; the layer " +
        "itself gives zeros.",
    },
    {
      edits: [
        [
          "linear(hidden, of(w2), of(b2)).mul(gate)",
          "linear(hidden, of(w2), tf.zerosLike(of(b2))).mul(gate)",
        ],
      ],
      message: "The second bias, b2, is missing.",
    },
    {
      edits: [
        [
          "geluTanh(linear(tf.gather(x, rows), of(w1), of(b1)))",
          "tf.relu(linear(tf.gather(x, rows), of(w1), of(b1)).add(geluTanh(tf.zeros([1]))))",
        ],
      ],
      message: "The experts have a ReLU between their layers. It is geluTanh.",
    },
  ],
};
export default exercise;
