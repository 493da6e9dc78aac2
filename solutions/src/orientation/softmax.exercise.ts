/** softmax: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const NO = -Infinity;
const GIVES_NAN =
  "A row of −∞ gives NaN: from (−∞) − (−∞) unless the largest score is kept at LOWEST or above, " +
  "then from 0 / 0 unless the sum is kept at 1 or above.";
const COLUMN_SUMS =
  "You divide by sums along the first axis, so the columns sum to one and not the rows. " +
  "Each row has its own sum: e.sum(-1, true).";
const ONE_LARGEST =
  "You subtract the largest score of the whole tensor, and rows far below it vanish. " +
  "Each row has its own: x.max(-1, true).";

const exercise: Exercise = {
  cases: (random) => {
    const x = () => random.next();
    return [
      { group: "values", title: "a matrix of scores", args: [random.normal([4, 6], 2)] },
      {
        group: "values",
        title: "scores are in the hundreds",
        args: [random.normal([3, 5], 300, 200)],
      },
      {
        group: "values",
        title: "some scores are −∞, as under a mask",
        args: [tensorData([2, 4], [x(), NO, x(), NO, NO, x(), -5, x()])],
      },
      { group: "shapes", title: "x is a single vector", args: [random.normal([7])] },
      { group: "shapes", title: "x has rank four", args: [random.normal([2, 1, 3, 4])] },
      {
        group: "property",
        title: "one row is all −∞, the other is in the hundreds",
        args: [tensorData([2, 3], [NO, NO, NO, 200 + x(), 200, 201])],
      },
      {
        group: "gradient",
        title: "x is differentiated",
        args: [random.normal([3, 5])],
        wrt: ["0"],
      },
      {
        group: "gradient",
        title: "a row is all −∞: its gradient is zero",
        args: [tensorData([2, 3], [x(), NO, x(), NO, NO, NO])],
        wrt: ["0"],
      },
      { group: "errors", title: "x is a scalar", args: [tensorData([], [1])], throws: "x" },
      {
        group: "property",
        title: "rows have a single score, and one is −∞",
        args: [tensorData([3, 1], [NO, 200, -3])],
      },
    ];
  },
  mutants: [
    {
      edits: [
        [".maximum(LOWEST)", ""],
        [
          "return e.div(e.sum(-1, true).maximum(1));",
          `const shares = e.div(e.sum(-1, true));
           return tf.where(shares.isNaN(), tf.zerosLike(shares), shares);`,
        ],
      ],
      message:
        "A row of −∞ gets its zeros in place of NaN, but its gradient is still NaN. " +
        "Avoid NaN altogether: LOWEST before you subtract, a sum of at least 1 before you divide.",
    },
    {
      edits: [
        ["x.sub(top).exp()", "x.exp()"],
        [".maximum(1)", ""],
      ],
      message:
        "exp of a large score overflows to infinity. " +
        "Subtract the row's largest score first; the shares stay the same.",
    },
    {
      edits: [
        ["x.max(-1, true)", "x.max(0, true)"],
        ["e.sum(-1, true)", "e.sum(0, true)"],
      ],
      message: "Your columns sum to one. Softmax works along the last axis, -1, so that rows do.",
    },
    {
      edits: [["e.sum(-1, true)", "e.sum()"]],
      message:
        "You divide by the sum over the whole tensor. " +
        "Each row has its own sum: e.sum(-1, true).",
    },
    {
      edits: [[".div(e.sum(-1, true).maximum(1))", ""]],
      message: "The exponentials are not divided by their sum, so the rows do not add up to one.",
    },
    { edits: [[".maximum(LOWEST)", ""]], message: GIVES_NAN },
    { edits: [[".maximum(1)", ""]], message: GIVES_NAN },
    { edits: [["x.max(-1, true)", "x.max()"]], message: ONE_LARGEST },
    {
      edits: [
        ["x.max(-1, true).maximum(LOWEST)", "x.max()"],
        [".maximum(1)", ""],
      ],
      message: ONE_LARGEST,
    },
    {
      edits: [
        ["x.max(-1, true).maximum(LOWEST)", "x.mean(-1, true)"],
        [".maximum(1)", ""],
      ],
      message:
        "exp of a score far above the row's mean still overflows. " +
        "Subtract the row's largest score, so that no exponent is above zero.",
    },
    {
      edits: [["e.sum(-1, true)", "e.sum(0, true)"]],
      message: COLUMN_SUMS,
    },
    {
      edits: [
        [".maximum(LOWEST)", ""],
        ["e.sum(-1, true).maximum(1)", "e.sum(0, true)"],
      ],
      message: COLUMN_SUMS,
    },
    {
      edits: [
        ["x.sub(top).exp()", "x"],
        [".maximum(1)", ""],
      ],
      message:
        "You divide the scores themselves by their sum, which may be zero or negative. " +
        "Take their exponentials first.",
    },
    {
      edits: [
        ["x.sub(top).exp()", "x.exp()"],
        ["e.sum(-1, true).maximum(1)", "e.sum()"],
      ],
      message:
        "You divide by the sum over the whole tensor. Each row has its own sum: e.sum(-1, true).",
    },
    {
      edits: [
        ["x.sub(top).exp()", "x.exp()"],
        ["e.sum(-1, true).maximum(1)", "e.sum(0, true)"],
      ],
      message: COLUMN_SUMS,
    },
    {
      edits: [
        ["x.max(-1, true)", "x.min(-1, true)"],
        [".maximum(LOWEST)", ""],
        [".maximum(1)", ""],
      ],
      message:
        "You subtract the row's smallest score, so exp of the largest still overflows. " +
        "Subtract the largest.",
    },
  ],
  forbid: ["softmax", "logSoftmax", "logSumExp"],
};
export default exercise;
