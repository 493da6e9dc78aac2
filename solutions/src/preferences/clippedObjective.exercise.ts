/** clippedObjective: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const rows = (...values: number[][]) =>
  tensorData([values.length, values[0]!.length], values.flat());
const list = (...values: number[]) => tensorData([values.length], values);
const UNEVEN = rows([1, 1, 1, 1], [1, 1, 0, 0], [0, 1, 1, 1]);
const EMPTY = rows([1, 0, 1, 0], [0, 0, 0, 0], [1, 1, 1, 1]);
const LAST = "return letters.sum(1).div(mask.sum(1).maximum(1)).mean();";
const MIN = "tf.minimum(ratio.mul(a), clipped.mul(a))";

const exercise: Exercise = {
  cases: (random) => {
    /** Each row has ratios below, inside and above the usual bounds, in another order. */
    const written = (scale = 1) => {
      const old = Array.from({ length: 12 }, () => -2 * random.next());
      const moves = [0.5, -0.6, 0.05, -0.1, -0.4, 0.4, 0.1, 0, 0.45, -0.05, -0.55, 0.3];
      const now = old.map((x, i) => x + scale * (moves[i]! + 0.04 * random.next()));
      return [tensorData([3, 4], now), tensorData([3, 4], old)] as const;
    };
    const [now, old] = written();
    const holes = tensorData([3, 4], [...now.data]);
    [6, 7, 8].forEach((i, n) => (holes.data[i] = [NaN, -Infinity, 500][n]!));
    const signs = list(1.2, -0.7, 0.4);
    const both = { epsilon: 0.3, epsilonHigh: 0.1 };
    return [
      { group: "values", title: "advantages have both signs", args: [...written(), signs, UNEVEN] },
      {
        group: "values",
        title: "all advantages are above 0",
        args: [...written(), list(1, 0.5, 2), UNEVEN],
      },
      {
        group: "values",
        title: "all advantages are below 0",
        args: [...written(), list(-1, -0.5, -2), UNEVEN],
      },
      {
        group: "values",
        title: "epsilon is 0.05",
        args: [...written(), signs, UNEVEN, { epsilon: 0.05 }],
      },
      {
        group: "values",
        title: "epsilon is 0",
        args: [...written(), signs, UNEVEN, { epsilon: 0 }],
      },
      {
        group: "values",
        title: "epsilon is 1",
        args: [...written(2), signs, UNEVEN, { epsilon: 1 }],
      },
      {
        group: "values",
        title: "only epsilonHigh is given",
        args: [...written(), signs, UNEVEN, { epsilonHigh: 0.4 }],
      },
      {
        group: "values",
        title: "both bounds are given",
        args: [...written(), signs, UNEVEN, both],
      },
      {
        group: "values",
        title: "epsilonHigh is 0",
        args: [...written(), signs, UNEVEN, { epsilon: 0.3, epsilonHigh: 0 }],
      },
      {
        group: "values",
        title: "bad letters have become far likelier",
        args: [rows([-1], [-2]), rows([-5], [-15]), list(-1, -0.5), rows([1], [1])],
      },
      { group: "values", title: "the policy is the old one", args: [old, old, signs, UNEVEN] },
      {
        group: "property",
        title: "NaN, −∞ and an overflow stand where nothing counts",
        args: [holes, old, signs, UNEVEN],
      },
      { group: "property", title: "an answer has no letters", args: [...written(), signs, EMPTY] },
      { group: "property", title: "advantages are 0", args: [...written(), list(0, 0, 0), UNEVEN] },
      {
        group: "shapes",
        title: "there is one answer of one letter",
        args: [rows([-0.5]), rows([-1]), list(1), rows([1])],
      },
      {
        group: "gradient",
        title: "logProbs are differentiated",
        args: [...written(), signs, UNEVEN],
        wrt: ["0"],
      },
      {
        group: "gradient",
        title: "logProbs are differentiated, with two bounds",
        args: [...written(), signs, UNEVEN, both],
        wrt: ["0"],
      },
      {
        group: "gradient",
        title: "the policy is the old one",
        args: [tensorData([3, 4], [...old.data]), old, signs, UNEVEN],
        wrt: ["0"],
      },
      {
        group: "gradient",
        title: "NaN, −∞ and an overflow stand where nothing counts",
        args: [holes, old, signs, UNEVEN],
        wrt: ["0"],
      },
      {
        group: "errors",
        title: "there is an advantage too few",
        args: [...written(), list(1, 2), UNEVEN],
        throws: "advantages",
      },
      {
        group: "errors",
        title: "epsilon is over 1",
        args: [...written(), signs, UNEVEN, { epsilon: 1.5 }],
        throws: "epsilon",
      },
      {
        group: "shapes",
        title: "there is one drawn answer of one letter",
        args: [rows([-random.next()]), rows([-random.next()]), list(-1), rows([1])],
      },
    ];
  },
  mutants: [
    {
      edits: [[MIN, "clipped.mul(a)"]],
      message:
        "You only clip. The smaller of the two products counts, so that a bad letter that has " +
        "become likelier still has a gradient.",
    },
    {
      edits: [[MIN, "ratio.mul(a)"]],
      message: "Nothing is clipped. The smaller of ρ·A and clip(ρ)·A counts.",
    },
    {
      edits: [[MIN, "tf.minimum(ratio, clipped).mul(a)"]],
      message:
        "You take the smaller ratio, and multiply then. With A below 0 that is the larger product: " +
        "multiply first.",
    },
    {
      edits: [[MIN, "tf.maximum(ratio.mul(a), clipped.mul(a))"]],
      message: "You take the larger of the two products. The smaller one counts.",
    },
    {
      edits: [["logProbs.sub(oldLogProbs)", "oldLogProbs.sub(logProbs)"]],
      message: "The ratio is upside down: ρ = π / π_old.",
    },
    {
      edits: [["const ratio = change.exp();", "const ratio = change.add(1);"]],
      message: "The ratio is the exponential of the difference of the logarithms.",
    },
    {
      edits: [[LAST, "return letters.sum().div(mask.sum().maximum(1));"]],
      message:
        "You average over all letters together, so long answers count more. Average each answer " +
        "first, and then the answers.",
    },
    {
      edits: [[LAST, "return letters.sum(1).mean();"]],
      message: "You sum the letters of each answer. Take their mean, and then that of the answers.",
    },
    {
      edits: [[LAST, "return letters.mean();"]],
      message:
        "You divide by all letters, also those that don't count. Divide by the counted letters of " +
        "each answer.",
    },
    {
      edits: [[LAST, "return letters.sum(1).div(mask.sum(1)).mean();"]],
      message: "An answer without counted letters gives 0/0. It adds 0.",
    },
    {
      edits: [[LAST, LAST.replace(".mean()", ".mean().neg()")]],
      message: "This is a loss. The function returns what to maximize, without a minus.",
    },
    {
      edits: [
        ["tf.where(counts, logProbs.sub(oldLogProbs), 0)", "logProbs.sub(oldLogProbs)"],
        ["const counts = mask.notEqual(0);", ""],
      ],
      message:
        "You multiply what doesn't count by 0, and 0 · NaN is NaN. Choose with where, before the " +
        "exponential.",
    },
    {
      edits: [
        ["tf.where(counts, logProbs.sub(oldLogProbs), 0)", "logProbs.sub(oldLogProbs)"],
        ["const ratio = change.exp();", "const ratio = tf.where(counts, change.exp(), 1);"],
      ],
      message:
        "The value is right, but what doesn't count has a gradient of NaN: 0 times an infinite " +
        "ratio. Choose with where before the exponential.",
    },
    {
      edits: [["1 + epsilonHigh", "1 + epsilon"]],
      message: "epsilonHigh has no effect. The upper bound is 1 + ε_high.",
    },
    {
      edits: [
        [
          "ratio.clipByValue(1 - epsilon, 1 + epsilonHigh)",
          "ratio.clipByValue(1 - epsilonHigh, 1 + epsilon)",
        ],
      ],
      message: "The bounds are swapped: from 1 − ε to 1 + ε_high.",
    },
    {
      edits: [
        [
          "letters.sum(1).div(mask.sum(1).maximum(1)).mean()",
          "letters.sum(1).div(mask.sum(1).maximum(1)).sum().div(mask.max(1).sum().maximum(1))",
        ],
      ],
      message:
        "You divide by the answers that have counted letters. An answer without any adds 0 " +
        "and is one of the B.",
    },
    {
      edits: [
        [
          "tf.minimum(ratio.mul(a), clipped.mul(a)).mul(mask)",
          "tf\n" +
            "      .minimum(ratio.mul(a), clipped.mul(a))\n" +
            "      .maximum(a.minimum(0).mul(3))\n" +
            "      .mul(mask)",
        ],
      ],
      message:
        "A bad letter's objective has a bound below (the dual clip of some libraries). Here " +
        "it has none.",
    },
    {
      edits: [["change.exp();", "change.clipByValue(-10, 10).exp();"]],
      message:
        "The difference of the logarithms is clipped before the exponential. For a bad " +
        "letter ρ·A has no bound.",
    },
  ],
};
export default exercise;
