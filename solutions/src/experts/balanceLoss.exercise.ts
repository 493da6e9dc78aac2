/** balanceLoss: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";
import { drawChosen } from "./drawExperts";

const exercise: Exercise = {
  cases: (random) => {
    const chosen = (N: number, E: number, k: number) => drawChosen(random, N, E, k);
    const mask = tensorData([7], [1, 1, 0, 1, 0, 1, 1]);
    const logits = random.normal([7, 3]);
    const unknown = logits.data.slice();
    for (const n of [2, 4]) for (let e = 0; e < 3; e++) unknown[3 * n + e] = NaN;
    const unknownChoice = chosen(7, 3, 2).data.slice();
    for (const n of [2, 4]) for (let e = 0; e < 3; e++) unknownChoice[3 * n + e] = NaN;
    const ones = tensorData([5, 4], [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0]);
    return [
      {
        group: "values",
        title: "one choice per token",
        args: [random.normal([8, 4]), chosen(8, 4, 1)],
      },
      {
        group: "values",
        title: "two choices per token",
        args: [random.normal([6, 5]), chosen(6, 5, 2), {}],
      },
      {
        group: "values",
        title: "two of seven tokens are padding",
        args: [logits, chosen(7, 3, 2), { mask }],
      },
      {
        group: "values",
        title: "the logits of padding are NaN",
        args: [tensorData([7, 3], unknown), chosen(7, 3, 1), { mask }],
      },
      {
        group: "values",
        title: "the choices of padding are NaN",
        args: [tensorData([7, 3], unknown), tensorData([7, 3], unknownChoice), { mask }],
      },
      {
        group: "values",
        title: "no token counts",
        args: [random.normal([3, 4]), chosen(3, 4, 1), { mask: tensorData([3], [0, 0, 0]) }],
      },
      {
        group: "property",
        title: "all tokens chose expert 0",
        args: [random.normal([5, 4]), ones],
      },
      {
        group: "shapes",
        title: "there is one expert",
        args: [random.normal([3, 1]), chosen(3, 1, 1)],
      },
      {
        group: "shapes",
        title: "there is one token",
        args: [random.normal([1, 4]), chosen(1, 4, 2)],
      },
      {
        group: "gradient",
        title: "the logits are differentiated",
        args: [random.normal([6, 4]), chosen(6, 4, 1)],
        wrt: ["0"],
      },
      {
        group: "gradient",
        title: "the logits are differentiated, and two tokens are padding",
        args: [logits, chosen(7, 3, 1), { mask }],
        wrt: ["0"],
      },
      {
        group: "gradient",
        title: "the logits are differentiated, and those of padding are NaN",
        args: [tensorData([7, 3], unknown), chosen(7, 3, 1), { mask }],
        wrt: ["0"],
      },
      {
        group: "values",
        title: "there is one choice in all",
        args: [random.normal([1, 4]), chosen(1, 4, 1)],
      },
      {
        group: "errors",
        title: "chosen is of other tokens",
        args: [random.normal([4, 3]), chosen(5, 3, 1)],
        throws: "chosen",
      },
      {
        group: "errors",
        title: "the mask is of other tokens",
        args: [random.normal([4, 3]), chosen(4, 3, 1), { mask: tensorData([3], [1, 1, 1]) }],
        throws: "mask",
      },
    ];
  },
  mutants: [
    {
      edits: [[".sum().mul(E)", ".sum()"]],
      message: "The factor E is missing. With it, even choices give 1 for any number of experts.",
    },
    {
      edits: [["load.div(load.sum().maximum(1))", "load.div(counts.sum().maximum(1))"]],
      message:
        "f is a share of the tokens. It is a share of all choices, so it sums to 1 for two " +
        "choices per token, too.",
    },
    {
      edits: [["f.mul(P)", "f.mul(f).add(P.mul(0))"]],
      message: "You multiply f by itself, which has no gradient. One factor is P.",
    },
    {
      edits: [["f.mul(P)", "P.mul(P).add(f.mul(0))"]],
      message: "You multiply P by itself. One factor is f, the share of the choices.",
    },
    {
      edits: [["real(tf.softmax(real(logits)))", "real(real(logits))"]],
      message: "P is a mean of logits. Take the softmax of each row first.",
    },
    {
      edits: [["p.sum(0).div(counts.sum().maximum(1))", "p.mean(0)"]],
      message: "The mean probability divides by all tokens. Divide by those that count.",
    },
    {
      edits: [["real(chosen).sum(0)", "chosen.sum(0)"]],
      message: "Choices of padding are in f. Leave them out.",
    },
    {
      edits: [
        [
          "const p = real(tf.softmax(real(logits)))",
          "const p = tf.softmax(logits).mul(counts.expandDims(1))",
        ],
      ],
      message:
        "A masked row is multiplied by 0, and 0 · NaN is NaN. Choose with tf.where, before the " +
        "softmax.",
    },
    {
      edits: [
        [
          "const counts = mask ?? tf.ones([N]);",
          "const counts = tf.ones([N]).add((mask ?? tf.ones([N])).mul(0));",
        ],
      ],
      message: "The mask has no effect: only tokens whose mask is 1 count.",
    },
    {
      edits: [["p.sum(0).div(counts.sum().maximum(1))", "p.sum(0).div(counts.sum())"]],
      message: "Where no token counts, you divide by 0. The loss is 0 there.",
    },
    {
      edits: [["load.div(load.sum().maximum(1))", "load.div(load.sum())"]],
      message: "Where no token counts, you divide by 0. The loss is 0 there.",
    },
    {
      edits: [["real(chosen).sum(0)", "chosen.mul(counts.expandDims(1)).sum(0)"]],
      message:
        "Choices of padding are multiplied by 0, and 0 · NaN is NaN. Leave them out by tf.where.",
    },
    {
      edits: [["real(tf.softmax(real(logits)))", "real(tf.softmax(logits))"]],
      message:
        "The value is right, but logits of padding that are NaN have a gradient of NaN. " +
        "Choose with tf.where before the softmax as well.",
    },
  ],
};
export default exercise;
