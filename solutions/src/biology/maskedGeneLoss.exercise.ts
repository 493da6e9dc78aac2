/** maskedGeneLoss: its cases and its typical mistakes. */
import { tensorData, type Exercise, type Random } from "grader";

/** Values of which about half are 0, and a mask of zeros and ones. */
function draw(random: Random, B: number, G: number) {
  const list = (f: () => number) => Array.from({ length: B * G }, f);
  const values = tensorData(
    [B, G],
    list(() => (random.next() < 0.5 ? 0 : 1 + random.next())),
  );
  const mask = tensorData(
    [B, G],
    list(() => Number(random.next() < 0.5)),
  );
  mask.data[0] = 1;
  values.data[0] = 2;
  mask.data[1] = 1;
  values.data[1] = 0;
  mask.data[2] = 0;
  return { predicted: random.normal([B, G], 1, 1), values, mask };
}

const exercise: Exercise = {
  cases: (random) => {
    const { predicted, values, mask } = draw(random, 3, 6);
    const wild = tensorData(
      [3, 6],
      predicted.data.map((p, i) => (mask.data[i] ? p : NaN)),
    );
    const none = tensorData([2, 3], [0, 0, 0, 0, 0, 0]);
    const all = tensorData([2, 3], [1, 1, 1, 1, 1, 1]);
    const uneven = tensorData([2, 3], [1, 1, 1, 0, 1, 0]);
    const small = () => random.normal([2, 3]);
    return [
      { group: "values", title: "some genes are hidden", args: [predicted, values, mask] },
      { group: "values", title: "zeros count 0.3", args: [predicted, values, mask, 0.3] },
      { group: "values", title: "zeroWeight is 0", args: [predicted, values, mask, 0] },
      { group: "values", title: "one cell hides more genes", args: [small(), small(), uneven] },
      {
        group: "values",
        title: "the mask is int32",
        args: [small(), small(), tensorData([2, 3], [1, 0, 0, 1, 0, 1], "int32")],
      },
      {
        group: "values",
        title: "the weights add up to less than 1",
        args: [
          small(),
          tensorData([2, 3], [0, 2, 0, 1, 0, 3]),
          tensorData([2, 3], [1, 0, 1, 0, 1, 0]),
          0.1,
        ],
      },
      {
        group: "values",
        title: "values below 0 aren't zeros",
        args: [small(), tensorData([2, 3], [0, -1, 2, -0.5, 0, 1]), all, 0.2],
      },
      { group: "property", title: "nothing is hidden", args: [small(), small(), none] },
      {
        group: "property",
        title: "only zeros are hidden and count nothing",
        args: [small(), none, all, 0],
      },
      {
        group: "property",
        title: "only zeros are hidden and count a millionth",
        args: [small(), none, all, 1e-6],
      },
      {
        group: "property",
        title: "predictions are NaN where nothing is hidden",
        args: [wild, values, mask],
      },
      {
        group: "shapes",
        title: "there is one cell",
        args: [random.normal([1, 4]), random.normal([1, 4]), tensorData([1, 4], [0, 1, 1, 0])],
      },
      {
        group: "gradient",
        title: "predicted is differentiated",
        args: [predicted, values, mask],
        wrt: ["0"],
      },
      {
        group: "gradient",
        title: "predicted is differentiated, zeros count 0.3",
        args: [predicted, values, mask, 0.3],
        wrt: ["0"],
      },
      {
        group: "gradient",
        title: "predicted is differentiated, and is NaN where nothing is hidden",
        args: [wild, values, mask],
        wrt: ["0"],
      },
      {
        group: "errors",
        title: "the mask is for one cell",
        args: [small(), small(), tensorData([3], [1, 0, 1])],
        throws: "mask",
      },
      {
        group: "errors",
        title: "values are of more genes",
        args: [small(), random.normal([2, 4]), all],
        throws: "values",
      },
      {
        group: "errors",
        title: "zeroWeight is −1",
        args: [small(), small(), all, -1],
        throws: "zeroWeight",
      },
    ];
  },
  mutants: [
    {
      edits: [["tf.where(total.equal(0), 1, total)", "total.add(1e-8)"]],
      message:
        "A small number is added to the sum of the weights, which changes the mean where all " +
        "weights are small. Divide by the sum as it is, unless it is 0.",
    },
    {
      edits: [
        ["const isHidden = mask.toBool();", "const isHidden = mask.toBool().logicalOr(true);"],
      ],
      message: "All genes count. Only the hidden ones do.",
    },
    {
      edits: [["const isHidden = mask.toBool();", "const isHidden = mask.toBool().logicalNot();"]],
      message: "The genes that the model sees count. Take the hidden ones, where the mask is 1.",
    },
    {
      edits: [["const total = weights.sum();", "const total = tf.scalar(predicted.size);"]],
      message: "You divide by all genes. Divide by the weights of the hidden ones.",
    },
    {
      edits: [["const total = weights.sum();", "const total = isHidden.toFloat().sum();"]],
      message: "You divide by the number of hidden genes. Divide by the sum of their weights.",
    },
    {
      edits: [
        ["const total = weights.sum();", "const total = weights.sum(1);"],
        [
          "error.square().mul(weights).sum().div(tf.where(total.equal(0), 1, total))",
          "error.square().mul(weights).sum(1).div(tf.where(total.equal(0), 1, total)).mean()",
        ],
      ],
      message:
        "You take a mean for each cell, and then a mean of those. Take one over all hidden genes.",
    },
    {
      edits: [["tf.where(isHidden, predicted, values).sub(values)", "predicted.sub(values)"]],
      message:
        "NaN times 0 is NaN. Replace predictions of genes that aren't hidden before you subtract.",
    },
    {
      edits: [["values.equal(0), ones", "predicted.equal(0), ones"]],
      message: "zeroWeight is for true values of 0, not for predictions of 0.",
    },
    {
      edits: [["error.square().mul(weights)", "error.abs().mul(weights)"]],
      message: "These are absolute errors. Square them.",
    },
    {
      edits: [["div(tf.where(total.equal(0), 1, total))", "div(total)"]],
      message: "Where nothing counts, you divide by zero. The loss is 0 there.",
    },
    {
      edits: [["ones.mul(zeroWeight)", "ones.mul(zeroWeight || 1)"]],
      message: "zeroWeight 0 counts as not given. With 0, zeros count for nothing.",
    },
    {
      edits: [["div(tf.where(total.equal(0), 1, total))", "div(total.maximum(1))"]],
      message:
        "Where the weights add up to less than 1, you divide by 1. Divide by their sum, " +
        "unless it is 0.",
    },
    {
      edits: [["values.equal(0), ones", "values.lessEqual(0), ones"]],
      message: "Values below 0 get zeroWeight. It is for values of exactly 0.",
    },
    {
      edits: [
        [
          "const mean = error.square()",
          "void error;\n" +
            "    const mean = tf.where(isHidden, predicted.sub(values).square(), " +
            "tf.zerosLike(values))",
        ],
      ],
      message:
        "The loss is right, but its gradient is NaN: where chooses after the square, and the " +
        "gradient of what it left out is 0 · NaN. Replace predictions before you subtract.",
    },
    {
      edits: [["error.square().mul(weights)", "error.mul(weights).square()"]],
      message: "The weight is squared along with the error. Multiply the squared error by it.",
    },
  ],
};
export default exercise;
