/** answerLoss: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const mask = (rows: number[][], dtype: "int32" | "float32" = "int32") =>
  tensorData([rows.length, rows[0]!.length], rows.flat(), dtype);

const UNEVEN = [
  [0, 0, 1, 1, 1],
  [0, 0, 0, 0, 1],
];

const exercise: Exercise = {
  cases: (random) => {
    const logits = () => random.normal([2, 5, 6], 2);
    const ids = () => random.ids([2, 5], 6);
    const holes = logits();
    // the rows that score tokens of the questions, and the last row, which scores none
    [0, 4, 5, 6, 7, 9].forEach((row) => holes.data.fill(NaN, 6 * row, 6 * row + 6));
    return [
      {
        group: "values",
        title: "answers have different lengths",
        args: [logits(), ids(), mask(UNEVEN)],
      },
      {
        group: "values",
        title: "the mask is float32",
        args: [logits(), ids(), mask(UNEVEN, "float32")],
      },
      {
        group: "values",
        title: "the mask holds other numbers than 0 and 1",
        args: [
          logits(),
          ids(),
          mask(
            [
              [0, 0, 2, 0.5, 0],
              [0, -1, 0, 0, 1],
            ],
            "float32",
          ),
        ],
      },
      {
        group: "values",
        title: "all tokens count, except the first of each text",
        args: [logits(), ids(), mask([...UNEVEN].map((row) => row.map(() => 1)))],
      },
      {
        group: "values",
        title: "there are two answers in a text",
        args: [
          logits(),
          ids(),
          mask([
            [0, 1, 0, 1, 0],
            [1, 0, 0, 1, 0],
          ]),
        ],
      },
      {
        group: "property",
        title: "no token counts",
        args: [logits(), ids(), mask(UNEVEN.map((row) => row.map(() => 0)))],
      },
      {
        group: "property",
        title: "logits that don't count are NaN",
        args: [holes, ids(), mask(UNEVEN)],
      },
      {
        group: "property",
        title: "ids that don't count aren't tokens",
        args: [
          logits(),
          tensorData([2, 5], [-1, 77, 2, 3, 4, 6, -1, -1, 9, 5], "int32"),
          mask(UNEVEN),
        ],
      },
      {
        group: "shapes",
        title: "a text is one token",
        args: [random.normal([2, 1, 4]), random.ids([2, 1], 4), mask([[1], [1]])],
      },
      {
        group: "shapes",
        title: "there is one text of two tokens",
        args: [random.normal([1, 2, 4]), random.ids([1, 2], 4), mask([[0, 1]])],
      },
      {
        group: "gradient",
        title: "the logits are differentiated",
        args: [logits(), ids(), mask(UNEVEN)],
        wrt: ["0"],
      },
      {
        group: "errors",
        title: "the mask has another length",
        args: [logits(), ids(), mask([[0, 1, 1, 1]])],
        throws: "mask",
      },
    ];
  },
  mutants: [
    {
      edits: [["logits.slice([0, 0, 0], [B, T - 1, V])", "logits.slice([0, 1, 0], [B, T - 1, V])"]],
      message:
        "Each row is compared with the token that the model has read there. " +
        "Row t − 1 scores token t.",
    },
    {
      edits: [
        ["logits.slice([0, 0, 0], [B, T - 1, V])", "logits"],
        ["ids.slice([0, 1], [B, T - 1])", "ids"],
        ["mask.slice([0, 1], [B, T - 1])", "mask"],
      ],
      message:
        "Each row is compared with the token that the model has read there. " +
        "Row t − 1 scores token t.",
    },
    {
      edits: [["mask.slice([0, 1], [B, T - 1])", "mask.slice([0, 0], [B, T - 1])"]],
      message:
        "The mask is shifted by one: it tells which token counts as an answer, not which row " +
        "of the logits. Cut it like ids.",
    },
    {
      edits: [
        [
          'tf.where(counts, next, tf.scalar(-1, "int32"))',
          'tf.where(counts, next, tf.scalar(0, "int32"))',
        ],
      ],
      message:
        "Tokens of the question count, with token 0 as their answer. Give them a target that " +
        "crossEntropy ignores.",
    },
    {
      edits: [
        [
          "return crossEntropy(guesses, targets, { ignore: -1 });",
          "const share = counts.toFloat().mean();\n" +
            "    return crossEntropy(guesses, targets, { ignore: -1 }).mul(share);",
        ],
      ],
      message:
        "You divide by all places. Divide by the number of answer tokens, or a long question " +
        "makes the loss of its answer small.",
    },
    {
      edits: [
        [
          "return crossEntropy(guesses, targets, { ignore: -1 });",
          "const each = guesses.unstack().map((row, b) =>\n" +
            "      crossEntropy(row, targets.unstack()[b]!, { ignore: -1 }));\n" +
            "    return tf.stack(each).mean();",
        ],
      ],
      message:
        "You take a mean for each text, and then a mean of those. Take one mean over all answer " +
        "tokens, whatever text they are in.",
    },
    {
      edits: [
        [
          'const targets = tf.where(counts, next, tf.scalar(-1, "int32"));',
          "const targets = next;\n    void counts;",
        ],
      ],
      message: "The mask has no effect: questions count, too.",
    },
    {
      edits: [[".notEqual(0);", ".equal(0);"]],
      message: "You train on the questions and leave out the answers. It is the other way around.",
    },
    {
      edits: [
        [
          "return crossEntropy(guesses, targets, { ignore: -1 });",
          "const n = counts.toFloat().sum();\n" +
            "    return crossEntropy(guesses, targets, { ignore: -1 }).mul(n);",
        ],
      ],
      message: "This is a sum. Take the mean over all answer tokens.",
    },
    {
      edits: [
        [
          "return crossEntropy(guesses, targets, { ignore: -1 });",
          "const right = tf.oneHot(next, V).toFloat();\n" +
            "    const cost = tf.logSoftmax(guesses).mul(right).sum(-1).neg();\n" +
            "    void targets;\n" +
            "    return cost.mul(counts.toFloat()).sum().div(counts.toFloat().sum().maximum(1));",
        ],
      ],
      message:
        "You multiply the loss of what doesn't count by 0, and 0 · NaN is NaN. " +
        "Choose with where, or by a target that is ignored.",
    },
    {
      edits: [[".notEqual(0);", ".equal(1);"]],
      message: "Only places whose mask is 1 count. All do whose mask isn't 0.",
    },
    {
      edits: [[".notEqual(0);", ".greater(0);"]],
      message: "Places whose mask is below 0 don't count. All do whose mask isn't 0.",
    },
    {
      edits: [[".notEqual(0);", ".toInt().notEqual(0);"]],
      message:
        "The mask is made a whole number first, so that 0.5 becomes 0. All places count whose " +
        "mask isn't 0.",
    },
    {
      edits: [
        [
          "const counts = mask.slice([0, 1], [B, T - 1]).notEqual(0);",
          "const weights = mask.slice([0, 1], [B, T - 1]);",
        ],
        [
          'const targets = tf.where(counts, next, tf.scalar(-1, "int32"));',
          "const targets = next;",
        ],
        [
          "return crossEntropy(guesses, targets, { ignore: -1 });",
          `const each = tf.logSoftmax(guesses).mul(tf.oneHot(targets, V).toFloat()).sum(-1).neg();
    return each.mul(weights).sum().div(weights.sum().maximum(1));`,
        ],
      ],
      message:
        "The mask's numbers are weights in your mean. Places whose mask isn't 0 count once, " +
        "all others not at all.",
    },
    {
      edits: [
        [
          'tf.where(counts, next, tf.scalar(-1, "int32"))',
          'tf.where(counts, next, tf.scalar(0, "int32"))',
        ],
        ["{ ignore: -1 }", "{ ignore: 0 }"],
      ],
      message: "Token 0 is ignored in answers, too. Ignore a number that is no token, such as −1.",
    },
  ],
};
export default exercise;
