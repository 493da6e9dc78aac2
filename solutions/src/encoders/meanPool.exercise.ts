/** meanPool: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => {
    const lengths = (...n: number[]) => tensorData([n.length], n, "int32");
    return [
      {
        group: "values",
        title: "three texts of different lengths",
        args: [random.normal([3, 4, 3]), lengths(4, 2, 1)],
      },
      {
        group: "values",
        title: "no text is padded",
        args: [random.normal([2, 3, 4]), lengths(3, 3)],
      },
      {
        group: "values",
        title: "padding holds large numbers",
        args: [tensorData([1, 3, 2], [1, 2, 3, 2, 1e6, -1e6]), lengths(2)],
      },
      {
        group: "property",
        title: "a text has no tokens: zeros",
        args: [random.normal([2, 3, 4]), lengths(2, 0)],
      },
      {
        group: "shapes",
        title: "one text of one token",
        args: [random.normal([1, 1, 5]), lengths(1)],
      },
      {
        group: "gradient",
        title: "hidden is differentiated",
        args: [random.normal([2, 3, 3]), lengths(3, 2)],
        wrt: ["0"],
      },
      {
        group: "errors",
        title: "a length is over T",
        args: [random.normal([1, 3, 2]), lengths(4)],
        throws: "lengths",
      },
      {
        group: "values",
        title: "the means are shorter than 1e-12",
        args: [tensorData([2, 2, 2], [1e-13, 2e-13, 3e-13, 2e-13, 2e-13, 0, 1, 1]), lengths(2, 1)],
      },
    ];
  },
  mutants: [
    {
      edits: [["tf.where(mask.notEqual(0), hidden, 0).sum(1)", "hidden.sum(1)"]],
      message: "Padding is in the sum. Apply the mask first.",
    },
    {
      edits: [["mean.square().sum(-1, true)", "mean.square().sum()"]],
      message: "All rows share one norm. Each text has its own: sum over the last axis.",
    },
    {
      edits: [["return mean.div(norm);", 'return mean.mul(norm.greaterEqual(0).cast("float32"));']],
      message: "The mean isn't scaled to length 1.",
    },
    {
      edits: [
        [
          "mean.square().sum(-1, true).maximum(1e-24).sqrt()",
          "mean.abs().sum(-1, true).maximum(1e-24)",
        ],
      ],
      message: "This norm is the sum of absolute values, L1. L2 is the root of the sum of squares.",
    },
    {
      edits: [
        ["sum.div(mask.sum(1).maximum(1))", "sum.div(mask.sum(1))"],
        [".maximum(1e-24)", ""],
      ],
      message:
        "A text of length 0 gives 0/0, NaN. Divide by at least 1, and by a norm that isn't 0.",
    },
    {
      edits: [
        [
          "tf.where(mask.notEqual(0), hidden, 0).sum(1)",
          "hidden.slice([0, 0, 0], [-1, 1, -1]).squeeze([1]).mul(mask.sum(1).minimum(1))",
        ],
      ],
      message: "This is the vector of the first token, [CLS]. Average all tokens instead.",
    },
    {
      edits: [
        [
          "tf.where(mask.notEqual(0), hidden, 0).sum(1)",
          "tf.where(mask.notEqual(0), hidden, -1e9).max(1).mul(mask.sum(1).minimum(1))",
        ],
      ],
      message: "This is the largest value of each feature. Average the tokens instead.",
    },
    {
      edits: [["sum.div(mask.sum(1).maximum(1))", "sum.div(T)"]],
      message:
        "You divide by T, padding included. Divide by the text's own length. Scaling to length " +
        "1 hides the difference except where a mean is shorter than 1e-12.",
    },
    {
      edits: [["sum.div(mask.sum(1).maximum(1))", "sum"]],
      message:
        "The sum isn't divided by the length. Scaling to length 1 hides that except where a " +
        "mean is shorter than 1e-12.",
    },
    {
      edits: [
        [
          "const mean = sum.div(mask.sum(1).maximum(1));",
          "const mean = tf.where(mask.notEqual(0), hidden, 0).gather(0, 1);",
        ],
      ],
      message: "This is the vector of the first token, [CLS]. Average all tokens instead.",
    },
    {
      edits: [
        ["const mean = sum.div(mask.sum(1).maximum(1));", "const mean = hidden.gather(0, 1);"],
      ],
      message:
        "This is the vector of the first token, [CLS], even for a text of length 0. Average " +
        "all tokens instead.",
    },
    {
      edits: [
        [
          "tf.where(mask.notEqual(0), hidden, 0).sum(1)",
          "tf.where(mask.notEqual(0), hidden.div(hidden.square().sum(-1, true).maximum(1e-24).sqrt()), 0).sum(1)",
        ],
      ],
      message:
        "Each token's vector is scaled to length 1 before the mean. Take the mean of the " +
        "vectors as they are, then scale that.",
    },
    {
      edits: [
        [
          "tf.where(mask.notEqual(0), hidden, 0).sum(1)",
          "hidden.mul(mask.cumsum(1).mul(mask).equal(mask.sum(1, true)).mul(mask)).sum(1)",
        ],
      ],
      message: "This is the vector of the last token. Average all tokens instead.",
    },
    {
      edits: [[".maximum(1e-24).sqrt()", ".sqrt().add(1e-12)"]],
      message: "1e-12 is added to the length of the mean. It is a lower bound: max(‖m‖, 1e-12).",
    },
    {
      edits: [[".maximum(1e-24)", ".maximum(1e-12)"]],
      message:
        "1e-12 is the lower bound of the sum of squares, which bounds its root at 1e-6. Bound " +
        "the root, or the sum at 1e-24.",
    },
    {
      edits: [[".maximum(1e-24).sqrt()", ".maximum(1e-24)"]],
      message: "You divide by the squared length. The length is the root of the sum of squares.",
    },
    {
      edits: [
        [
          "mean.square().sum(-1, true).maximum(1e-24).sqrt()",
          "mean.sum(-1, true).abs().maximum(1e-24).mul(mean.sum(-1, true).sign())",
        ],
      ],
      message:
        "You divide by the sum of the features. The length is the root of the sum of their " +
        "squares.",
    },
  ],
};
export default exercise;
