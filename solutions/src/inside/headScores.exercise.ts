/** headScores: its cases and its typical mistakes. */
import { tensorData, type Exercise, type Random } from "grader";

/** Rows of shares over the tokens up to each token, [B, H, T, T]. */
function drawWeights(random: Random, B: number, H: number, T: number) {
  const rows = Array.from({ length: B * H * T }, (_, row) => {
    const shares = Array.from({ length: T }, (_, s) => (s <= row % T ? random.next() ** 4 : 0));
    const total = shares.reduce((a, b) => a + b) || 1;
    return shares.map((share) => share / total);
  });
  return tensorData([B, H, T, T], rows.flat());
}

const exercise: Exercise = {
  cases: (random) => {
    const half = Array.from({ length: 4 }, (_, i) => 3 * i + random.int(0, 2));
    const ids = (rows: number[][]) =>
      tensorData([rows.length, rows[0]!.length], rows.flat(), "int32");
    const weights = (B: number, H: number, T: number) => drawWeights(random, B, H, T);
    return [
      {
        group: "values",
        title: "four tokens come twice",
        args: [weights(1, 2, 8), ids([[...half, ...half]])],
      },
      {
        group: "values",
        title: "a token comes three times, and the last copy counts",
        args: [weights(1, 2, 7), ids([[5, 1, 5, 2, 3, 5, 4]])],
      },
      {
        group: "values",
        title: "a single token comes twice",
        args: [weights(1, 3, 5), ids([[half[0]!, half[1]!, half[2]!, half[0]!, half[3]!]])],
      },
      {
        group: "values",
        title: "one text repeats more often than the other",
        args: [
          weights(2, 3, 6),
          ids([
            [1, 1, 2, 1, 1, 2],
            [0, 1, 2, 3, 4, 2],
          ]),
        ],
      },
      {
        group: "values",
        title: "tokens are drawn from three",
        args: [weights(3, 2, 9), random.ids([3, 9], 3)],
      },
      {
        group: "values",
        title: "heads also look ahead",
        args: [random.uniform([1, 2, 5, 5]), ids([[2, 0, 2, 0, 1]])],
      },
      {
        group: "property",
        title: "no token comes twice: duplicate and induction are 0",
        args: [weights(1, 2, 4), ids([[4, 2, 1, 3]])],
      },
      {
        group: "shapes",
        title: "the text is one token",
        args: [weights(2, 3, 1), ids([[1], [1]])],
      },
      {
        group: "errors",
        title: "the weights are of a longer text",
        args: [weights(1, 2, 4), ids([[1, 2, 3]])],
        throws: "weights",
      },
      {
        group: "shapes",
        title: "there is one head",
        args: [weights(2, 1, 5), random.ids([2, 5], 3)],
      },
    ];
  },
  mutants: [
    {
      edits: [
        ["duplicate: mean(after.sub(1), repeats)", "duplicate: mean(after, repeats)"],
        ["induction: mean(after, repeats)", "induction: mean(after.sub(1), repeats)"],
      ],
      message:
        "duplicate and induction are swapped. A duplicate-token head reads the earlier copy, an " +
        "induction head the token after it.",
    },
    {
      edits: [["induction: mean(after, repeats)", "induction: mean(after.sub(2), repeats)"]],
      message:
        "Your induction score reads the token before the copy, s − 1. An induction head reads " +
        "the one after it, s + 1.",
    },
    {
      edits: [
        ["rows.add(1)).max(-1)", "rows.sub(T).neg()).max(-1)"],
        [
          "const repeats = after.greater(0).toFloat();",
          "const repeats = after.greater(0).toFloat();\n    const first = after.sub(T + 1).neg();",
        ],
        ["mean(after.sub(1), repeats)", "mean(first.sub(1), repeats)"],
        ["induction: mean(after, repeats)", "induction: mean(first, repeats)"],
      ],
      message: "You take the first copy. Where a token came more than once, the last copy counts.",
    },
    {
      edits: [
        [
          "return total.div(counts.sum().maximum(1));",
          `const perText = weights.mul(at.expandDims(1)).sum([2, 3]); // [B, H]
           void total;
           return perText.div(counts.sum(1, true).maximum(1)).mean(0);`,
        ],
      ],
      message:
        "You take a mean for each text, and then a mean of those. " +
        "Take one mean over all places that count, whatever text they are in.",
    },
    {
      edits: [["total.div(counts.sum().maximum(1))", "total.div(B * T)"]],
      message:
        "You divide by all places of the text. " +
        "Divide by those that count: t ≥ 1, or those whose token came before.",
    },
    {
      edits: [["const total = weights.mul(", "const total = weights.transpose([0, 1, 3, 2]).mul("]],
      message:
        "You read columns as rows. " +
        "Row t of the weights says what token t reads: weights[b, h, t, s].",
    },
    {
      edits: [["total.div(counts.sum().maximum(1))", "total.div(counts.sum())"]],
      message: "Where no token comes twice, you divide by zero. The score is 0 there.",
    },
    {
      edits: [["greater(rows)", "greaterEqual(rows)"]],
      message: "A token isn't a copy of itself. Only earlier places count: s < t.",
    },
    {
      edits: [
        [
          "return total.div(counts.sum().maximum(1));",
          `const perText = weights.mul(at.expandDims(1)).sum([2, 3]).div(counts.sum(1, true).maximum(1));
      const has = counts.sum(1, true).greater(0).toFloat();
      void total;
      return perText.mul(has).sum(0).div(has.sum().maximum(1));`,
        ],
      ],
      message:
        "You take a mean for each text, and then a mean of those. Take one mean over all " +
        "places that count, whatever text they are in.",
    },
    {
      edits: [
        [
          "induction: mean(after, repeats)",
          "induction: mean(after, repeats.mul(after.less(rows).toFloat()))",
        ],
      ],
      message:
        "You leave out places whose copy is right before them. There s + 1 is t itself, and " +
        "it counts.",
    },
    {
      edits: [
        [
          "const repeats = after.greater(0).toFloat();",
          "const repeats = after.greater(1).toFloat();",
        ],
      ],
      message: "A copy at place 0 counts as none. s may be 0, too.",
    },
    {
      edits: [
        [
          "const later = rows.greater(0).toFloat().expandDims(0).tile([B, 1]);",
          "const later = tf.ones([B, T]);",
        ],
      ],
      message:
        "You divide the previous-token score by all T places. The first one has no place " +
        "before it: divide by T − 1 per text.",
    },
    {
      edits: [
        [
          "const mean = (columns: tf.Tensor, counts: tf.Tensor) => {",
          `const copies = same.logicalAnd(earlier).toFloat();
    const shares = copies.div(copies.sum(-1, true).maximum(1)); // [B, T, T]
    const mean = (columns: tf.Tensor, counts: tf.Tensor, all = 0) => {`,
        ],
        [
          "const isAt = columns.expandDims(-1).equal(rows).toFloat();",
          `const one = columns.expandDims(-1).equal(rows).toFloat();
      const moved = all === 2 ? tf.concat([shares.slice([0, 0, 0], [B, T, 1]).mul(0), shares.slice([0, 0, 0], [B, T, T - 1])], 2) : shares;
      const isAt = all ? moved : one;`,
        ],
        ["duplicate: mean(after.sub(1), repeats)", "duplicate: mean(after.sub(1), repeats, 1)"],
        ["induction: mean(after, repeats)", "induction: mean(after, repeats, 2)"],
      ],
      message:
        "You average over all earlier copies. Where a token came more than once, the last " +
        "copy alone counts.",
    },
  ],
};
export default exercise;
