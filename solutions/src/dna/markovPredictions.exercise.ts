/** markovPredictions: its cases and its typical mistakes. */
import type { Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => {
    const dna = (length: number) => Int32Array.from({ length }, () => random.int(0, 3));
    const repeat = Int32Array.from({ length: 24 }, (_, i) => i % 4);
    return [
      { group: "values", title: "the order is 1", args: [[dna(40)], dna(12), 1] },
      {
        group: "values",
        title: "the order is 2 and there are two stretches",
        args: [[dna(30), dna(25)], dna(12), 2],
      },
      { group: "values", title: "the order is 0", args: [[dna(20)], dna(5), 0] },
      {
        group: "values",
        title: "the order is 4, most contexts are new, the pseudo-count is ¼",
        args: [[dna(60)], dna(15), 4, 0.25],
      },
      {
        group: "shapes",
        title: "there are fewer bases than the context has",
        args: [[dna(20)], dna(2), 3],
      },
      { group: "shapes", title: "there is nothing to count", args: [[], dna(4), 1] },
      {
        group: "property",
        title: "what repeats becomes nearly certain",
        args: [[repeat], repeat, 2, 0.001],
      },
      {
        group: "property",
        title: "there are twenty short stretches, and none continues into the next",
        args: [Array.from({ length: 20 }, () => dna(3)), dna(20), 2],
      },
      { group: "errors", title: "the order is 12", args: [[dna(5)], dna(5), 12], throws: "order" },
      {
        group: "values",
        title: "a base follows more than 65,536 times",
        args: [
          [Int32Array.from({ length: 70_000 }, (_, t) => (t % 41 === 0 ? 1 : 0))],
          dna(6).map((base) => base % 2),
          1,
        ],
      },
      { group: "shapes", title: "there are few bases to predict", args: [[dna(150)], dna(4), 1] },
    ];
  },
  mutants: [
    {
      edits: [["/ (all + 4 * pseudo)", "/ (all + pseudo)"]],
      message:
        "The rows don't sum to one: each of the four bases starts from the pseudo-count, " +
        "so the total is count(context) + 4·pseudo.",
    },
    {
      edits: [
        [
          `if (t >= order) visit(context, t);
           context = (4 * context + bases[t]!) % contexts;`,
          `context = (4 * context + bases[t]!) % contexts;
           if (t >= order) visit(context, t);`,
        ],
      ],
      message:
        "The base to predict is already in its context. " +
        "Look up the context first, then extend it.",
    },
    {
      edits: [["if (t >= order) visit(context, t);", "visit(context, t);"]],
      message:
        "The first bases are predicted from an incomplete context. " +
        "Their rows are ¼ each, and they aren't counted.",
    },
    {
      edits: [
        [
          "context = (4 * context + bases[t]!) % contexts;",
          "context = (4 * context + bases[t]!) % (4 * contexts);",
        ],
      ],
      message:
        "The context holds one base more than the order. " +
        "Keep only its last digits: % 4 ** order.",
    },
    {
      edits: [
        ["for (const stretch of stretches) {", "for (const stretch of stretches.slice(0, 1)) {"],
      ],
      message: "Only the first stretch is counted. Count in all of them.",
    },
    {
      edits: [
        [
          `for (const stretch of stretches) {
             walk(stretch, (context, t) => {
               counts[4 * context + stretch[t]!]!++;
             });
           }`,
          `const joined = Int32Array.from(stretches.flatMap((s) => [...s]));
           walk(joined, (context, t) => {
             counts[4 * context + joined[t]!]!++;
           });`,
        ],
      ],
      message: "Contexts reach from one stretch into the next. Start over with each stretch.",
    },
    {
      edits: [
        [
          "for (const stretch of stretches) {",
          `const reversed = (ids: Int32Array) => ids.map((_, i) => 3 - ids[ids.length - 1 - i]!);
           for (const stretch of stretches.flatMap((s) => [s, reversed(s)])) {`,
        ],
      ],
      message:
        "The other strand is counted too. " +
        "That is the caller's choice: count the stretches as they are.",
    },
    {
      edits: [["fill(0.25)", "fill(0)"]],
      message:
        "The first rows, with an incomplete context, are 0. " +
        "They should be ¼: nothing is known.",
    },
    {
      edits: [["if (t >= order)", "if (t > order)"]],
      message: "The first position with a full context gets ¼ as well. It is predicted: t ≥ order.",
    },
    {
      edits: [["(counts[row + base]! + pseudo) /", "counts[row + base]! /"]],
      message: "The pseudo-count is missing above the fraction: every count starts from it.",
    },
    {
      edits: [
        ["for (const stretch of stretches) {", "for (const stretch of [...stretches, ids]) {"],
      ],
      message:
        "The DNA to predict is counted too. Count in the stretches alone: a prediction of what " +
        "was counted isn't one.",
    },
    {
      edits: [
        [
          "/ (all + 4 * pseudo)",
          "/ (counts.reduce((sum, n) => sum + n, 0) + (all + 4 * pseudo) * 0 + 4 * pseudo)",
        ],
      ],
      message:
        "You divide by all counts. A probability given a context divides by the count of that " +
        "context.",
    },
    {
      edits: [["p[4 * t + base] =", "if (t + 1 < ids.length) p[4 * (t + 1) + base] ="]],
      message: "Row t holds the prediction for the base at t + 1. Row t predicts the base at t.",
    },
    {
      edits: [["(counts[row + base]! + pseudo) / (all + 4 * pseudo)", "counts[row + base]! / all"]],
      message:
        "There is no pseudo-count: a base that was never counted gets 0, and a new context " +
        "0/0. Add `pseudo` to each count and 4·pseudo to their sum.",
    },
    {
      edits: [
        [
          "return tf.tensor2d(p, [ids.length, 4]);",
          "return tf.tensor2d(p, [ids.length, 4]).log();",
        ],
      ],
      message: "These are logarithms. Return the probabilities.",
    },
  ],
};
export default exercise;
