/** crossEntropy: its cases and its typical mistakes. */
import { tensorData, type Exercise, type Random } from "grader";

const ids = (...values: number[]) => tensorData([values.length], values, "int32");

/** Three rows of logits, the first of which is eight higher. */
function higherRow(random: Random) {
  const { data } = random.normal([3, 5], 2);
  return tensorData(
    [3, 5],
    Array.from(data, (x, i) => (i < 5 ? x + 8 : x)),
  );
}

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      title: "a batch of rows",
      args: [random.normal([6, 5], 2), random.ids([6], 5)],
    },
    {
      group: "values",
      title: "logits are in the hundreds",
      args: [random.normal([4, 6], 200, 300), random.ids([4], 6)],
    },
    {
      group: "values",
      title: "other classes are at −∞",
      args: [
        tensorData([2, 3], [random.next(), -Infinity, random.next(), -Infinity, random.next(), 0]),
        ids(2, 1),
      ],
    },
    {
      group: "values",
      title: "some targets don't count",
      args: [random.normal([5, 4]), ids(1, -100, 3, -100, 0), { ignore: -100 }],
    },
    {
      group: "values",
      title: "a row that doesn't count holds −∞ throughout",
      args: [
        tensorData([2, 2], [random.next(), random.next(), -Infinity, -Infinity]),
        ids(1, -100),
        { ignore: -100 },
      ],
    },
    {
      group: "values",
      title: "labels are smoothed",
      args: [random.normal([4, 5], 2), random.ids([4], 5), { smoothing: 0.2 }],
    },
    { group: "shapes", title: "there is one row", args: [random.normal([6]), random.ids([], 6)] },
    {
      group: "shapes",
      title: "logits have rank three",
      args: [random.normal([2, 3, 4]), random.ids([2, 3], 4)],
    },
    {
      group: "property",
      title: "no target counts, so the loss is zero",
      args: [random.normal([3, 4]), ids(-1, -1, -1), { ignore: -1 }],
    },
    {
      group: "gradient",
      title: "logits are differentiated, with targets that don't count",
      args: [random.normal([4, 5]), ids(2, 9, 0, 4), { ignore: 9, smoothing: 0.1 }],
      wrt: ["0"],
    },
    {
      group: "errors",
      title: "a target is outside the classes",
      args: [random.normal([2, 3]), ids(0, 3)],
      throws: "targets",
    },
    {
      group: "errors",
      title: "smoothing is over one",
      args: [random.normal([2, 3]), ids(0, 1), { smoothing: 2 }],
      throws: "smoothing",
    },
    {
      group: "values",
      title: "texts of a batch have different numbers of targets that count",
      args: [
        random.normal([2, 4, 5], 2),
        tensorData([2, 4], [1, 0, 4, 2, 3, 9, 9, 9], "int32"),
        { ignore: 9 },
      ],
    },
    {
      group: "property",
      title: "all logits are equal, so the loss is ln 4",
      args: [tensorData([3, 4], new Array<number>(12).fill(0.5)), ids(2, 0, 3)],
    },
    {
      group: "property",
      title: "all logits of a row are eight higher",
      args: [higherRow(random), random.ids([3], 5)],
    },
  ],
  mutants: [
    {
      edits: [["scores.sub(scores.max(-1, true))", "scores"]],
      message:
        "exp of a large logit overflows. " +
        "Subtract the row's largest logit first: the loss stays the same.",
    },
    {
      edits: [["total.div(counted)", "total"]],
      message: "You add the losses up. The loss is their mean over the targets that count.",
    },
    {
      edits: [['counts.cast("float32").sum().maximum(1)', "targets.size"]],
      message:
        "You divide by the number of all targets. " +
        "Those that don't count must not make the mean smaller.",
    },
    {
      edits: [["tf.where(counts, loss, 0).sum()", "tf.where(counts, loss, 0).sum().neg()"]],
      message: "The sign is wrong: the loss is −log of a probability, which is never negative.",
    },
    {
      edits: [["tf.where(isTarget, shifted, 0)", 'shifted.mul(isTarget.cast("float32"))']],
      message:
        "The loss is NaN where another class has −∞: 0 · (−∞) is NaN, " +
        "so it isn't enough to multiply by a one-hot vector or by 0. Leave the class out: tf.where.",
    },
    {
      edits: [
        [
          "loss = loss.mul(1 - smoothing).add(spread.mul(smoothing));",
          `const others = logSum.mul(V).sub(shifted.sum(-1, true)).sub(loss);
           loss = loss.mul(1 - smoothing).add(others.mul(smoothing / (V - 1)));`,
        ],
      ],
      message:
        "You spread the smoothing over the V − 1 wrong classes. " +
        "Spread it over all V, including the target.",
    },
    {
      edits: [["loss.mul(1 - smoothing).add(spread.mul(smoothing))", "loss"]],
      message:
        "You ignore the smoothing: the target keeps 1 − ε, and ε is spread over all classes.",
    },
    {
      edits: [
        [
          "let loss: tf.Tensor = logSum.sub(tf.where(isTarget, shifted, 0).sum(-1, true));",
          `const shares = shifted.exp().div(shifted.exp().sum(-1, true));
           let loss: tf.Tensor = tf.where(isTarget, shares, 0).sum(-1, true).log().neg();`,
        ],
      ],
      message:
        "You take the logarithm of a probability that may have been rounded to 0. " +
        "Combine the two: log Σeᶻ − z of the target.",
    },
    {
      edits: [
        ["tf.where(counts, logits, 0)", "logits"],
        ["tf.where(counts, loss, 0).sum()", 'loss.mul(counts.cast("float32")).sum()'],
      ],
      message:
        "A row that doesn't count makes the loss NaN where its logits are −∞: 0 · NaN is NaN. " +
        "Replace its logits with zeros first.",
    },
    {
      edits: [[".sum().maximum(1)", ".sum()"]],
      message: "Where no target counts you divide 0 by 0. Divide by at least 1.",
    },
    {
      edits: [["loss.mul(1 - smoothing).add", "loss.add"]],
      message:
        "You add the smoothing to the whole loss of the target. " +
        "The target keeps a share of 1 − ε: multiply its loss by that.",
    },
    {
      edits: [
        ["const counts = ignore === undefined", "const counts = ignore === undefined || V > 0"],
      ],
      message:
        "Targets that equal `ignore` count like any other. " +
        "Leave them out of the sum and of the number that you divide by.",
    },
    {
      edits: [
        [
          "loss.mul(1 - smoothing).add(spread.mul(smoothing))",
          "loss.mul(smoothing).add(spread.mul(1 - smoothing))",
        ],
      ],
      message: "ε and 1 − ε are swapped: the target keeps 1 − ε, and ε is spread over all classes.",
    },
    {
      edits: [["return total.div(counted);", "return total.div(counted).div(Math.LN2);"]],
      message: "The loss is in bits. Use the natural logarithm.",
    },
    {
      edits: [["shifted.exp().sum(-1, true).log()", "shifted.exp().mean(-1, true).log()"]],
      message: "You average the exponentials over the classes. A probability divides by their sum.",
    },
  ],
  forbid: ["softmaxCrossEntropy", "sigmoidCrossEntropy", "logSoftmax", "logSumExp"],
};
export default exercise;
