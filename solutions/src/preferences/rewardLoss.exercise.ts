/** rewardLoss: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const LAST = "return tf.softplus(beyond.neg()).mean(); // −log σ(x) = softplus(−x)";

const NOT_FINITE =
  "Far behind, σ(x) is 0 in float32, exp(−x) infinite, and so is the loss. " +
  "−log σ(x) = softplus(−x) stays finite.";

const exercise: Exercise = {
  cases: (random) => {
    const scores = (P: number, scale = 1) => random.normal([P], scale);
    const list = (...values: number[]) => tensorData([values.length], values);
    const equal = scores(3);
    return [
      { group: "values", title: "there are five pairs", args: [scores(5), scores(5)] },
      {
        group: "values",
        title: "there is a margin",
        args: [scores(4), scores(4), { margin: list(0.5, 0, 2, 1) }],
      },
      {
        group: "values",
        title: "the margin is below 0",
        args: [scores(3), scores(3), { margin: list(-1, -0.5, -2) }],
      },
      {
        group: "values",
        title: "the margin is 0",
        args: [scores(3), scores(3), { margin: list(0, 0, 0) }],
      },
      {
        group: "values",
        title: "the rejected answers lead",
        args: [list(-1, -2, 0), list(1, 0.5, 3)],
      },
      { group: "shapes", title: "there is one pair", args: [scores(1), scores(1)] },
      { group: "property", title: "the chosen answer leads by 25", args: [list(24), list(-1)] },
      { group: "property", title: "the scores are equal", args: [equal, equal] },
      {
        group: "property",
        title: "scores are hundreds apart, so σ is 0 or 1",
        args: [list(200, -300, 4), list(-200, 300, -4)],
      },
      {
        group: "gradient",
        title: "both scores are differentiated",
        args: [scores(4), scores(4)],
        wrt: ["0", "1"],
      },
      {
        group: "gradient",
        title: "both scores are differentiated, with a margin",
        args: [scores(4), scores(4), { margin: list(0.5, 0, 2, 1) }],
        wrt: ["0", "1"],
      },
      {
        group: "gradient",
        title: "scores are hundreds apart",
        args: [list(200, -300, 4), list(-200, 300, -4)],
        wrt: ["0", "1"],
      },
      {
        group: "errors",
        title: "there are fewer rejected answers",
        args: [scores(3), scores(2)],
        throws: "rejected",
      },
      { group: "errors", title: "there is no pair", args: [list(), list()], throws: "chosen" },
      {
        group: "errors",
        title: "there are fewer margins",
        args: [scores(3), scores(3), { margin: list(1) }],
        throws: "margin",
      },
      {
        group: "property",
        title: "the scores of one of two pairs are equal",
        args: [list(0.5, random.next()), list(0.5, random.next())],
      },
    ];
  },
  mutants: [
    {
      edits: [[LAST, "return tf.softplus(beyond.neg()).sum();"]],
      message: "You sum over the pairs. Take their mean.",
    },
    {
      edits: [[LAST, "return tf.softplus(beyond).mean();"]],
      message:
        "The sign is wrong: the loss is small when the rejected answer leads. " +
        "−log σ(x) = softplus(−x).",
    },
    {
      edits: [[LAST, "return beyond.sigmoid().mean().neg();"]],
      message: "The logarithm is missing: the loss is −log σ, not −σ.",
    },
    {
      edits: [[LAST, "return beyond.sigmoid().log().mean().neg();"]],
      message: NOT_FINITE,
    },
    {
      edits: [[LAST, "return beyond.neg().exp().add(1).log().mean();"]],
      message: NOT_FINITE,
    },
    {
      edits: [[LAST, "return beyond.neg().relu().mean();"]],
      message: "This is a hinge, which is 0 for every lead. Bradley and Terry's loss is −log σ.",
    },
    {
      edits: [["margin ? lead.sub(margin) : lead", "margin ? lead.add(margin) : lead"]],
      message: "You add the margin to the lead. It is subtracted: chosen has to win by more.",
    },
    {
      edits: [["margin ? lead.sub(margin) : lead", "lead"]],
      message: "The margin has no effect.",
    },
    {
      edits: [[LAST, "return tf.softplus(lead.neg()).mean().add(margin ? margin.mean() : 0);"]],
      message: "You add the margin to the loss. It belongs inside σ: chosen − rejected − margin.",
    },
    {
      edits: [[LAST, "return tf.softplus(beyond.mean().neg());"]],
      message: "You average the leads first. Take −log σ of each pair, and then the mean.",
    },
    {
      edits: [["beyond.neg()).mean()", "beyond.minimum(20).neg()).mean()"]],
      message: "Large leads are clipped, so their loss is too large. softplus needs no clipping.",
    },
  ],
};
export default exercise;
