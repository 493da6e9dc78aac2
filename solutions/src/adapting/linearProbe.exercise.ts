/** linearProbe: its cases and its typical mistakes. */
import { tensorData, type Exercise, type Random } from "grader";

/** Two classes that differ along feature `at` only, by ±2, in noise along all others. */
function plant(random: Random, N: number, D: number, at: number) {
  const x = random.normal([N, D]);
  const labels = Array.from({ length: N }, (_, n) => n % 2);
  labels.forEach((label, n) => (x.data[n * D + at] = 4 * label - 2));
  return [x, tensorData([N], labels, "int32")] as const;
}

const exercise: Exercise = {
  cases: (random) => {
    const alike = random.normal([10, 3], 1, 1);
    for (let n = 0; n < 10; n++) alike.data[3 * n + 2] = 3;
    return [
      {
        group: "values",
        title: "there are two classes",
        args: [random.normal([12, 4]), random.ids([12], 2), { classes: 2 }],
      },
      {
        group: "values",
        title: "there are three classes, and ridge is 5",
        args: [random.normal([15, 4]), random.ids([15], 3), { classes: 3, ridge: 5 }],
      },
      {
        group: "values",
        title: "features lie far from zero",
        args: [random.normal([14, 3], 1, 4), random.ids([14], 2), { classes: 2 }],
      },
      {
        group: "values",
        title: "there are fewer examples than features",
        args: [random.normal([4, 9]), random.ids([4], 2), { classes: 2 }],
      },
      {
        group: "property",
        title: "the classes differ along one direction",
        args: [...plant(random, 16, 5, random.int(0, 4)), { classes: 2 }],
      },
      {
        group: "property",
        title: "a feature never changes",
        args: [alike, random.ids([10], 2), { classes: 2 }],
      },
      {
        group: "property",
        title: "a class has no example",
        args: [random.normal([8, 3]), random.ids([8], 2), { classes: 4 }],
      },
      {
        group: "shapes",
        title: "there is one example",
        args: [random.normal([1, 3]), tensorData([1], [1], "int32"), { classes: 2 }],
      },
      {
        group: "shapes",
        title: "there is one feature",
        args: [random.normal([8, 1]), random.ids([8], 3), { classes: 3 }],
      },
      {
        group: "errors",
        title: "ridge is 0",
        args: [random.normal([4, 3]), random.ids([4], 2), { classes: 2, ridge: 0 }],
        throws: "ridge",
      },
      {
        group: "errors",
        title: "a label is out of range",
        args: [random.normal([2, 3]), tensorData([2], [0, 2], "int32"), { classes: 2 }],
        throws: "y",
      },
    ];
  },
  mutants: [
    {
      edits: [["const center = x.mean(0, true);", "const center = x.mean(0, true).mul(0);"]],
      message:
        "The features aren't centered, so the bias isn't free. Subtract their mean over the " +
        "examples first.",
    },
    {
      edits: [
        ["targets.sub(share)", "targets.sub(1 / classes)"],
        ["share.sub(center", "share.mul(0).add(1 / classes).sub(center"],
      ],
      message:
        "The bias is 1/K less x̄·W, whatever the classes' shares are. It is ȳ − x̄·W, where " +
        "ȳ are the shares.",
    },
    {
      edits: [
        ["const center = x.mean(0, true);", "const center = x.mean(0, true).mul(0);"],
        ["const share = targets.mean(0, true);", "const share = targets.mean(0, true).mul(0);"],
      ],
      message:
        "There is no bias: neither features nor targets are centered. Take both means off first, " +
        "and let the bias be ȳ − x̄·W.",
    },
    {
      edits: [
        ["const X = x.sub(center);", "const X = x;"],
        ["X.matMul(targets.sub(share), true)", "X.matMul(targets, true)"],
      ],
      message:
        "You compute the bias from the means, but W from features that aren't centered. Take x̄ " +
        "off before XᵀX.",
    },
    {
      edits: [
        [
          "const X = x.sub(center);",
          "const ones = x.slice([0, 0], [-1, 1]).mul(0).add(1);\n    const X = tf.concat([x, ones], 1);",
        ],
        ["tf.eye(D).mul(ridge)", "tf.eye(D + 1).mul(ridge)"],
        [
          "const weights = solveSpd(gram, X.matMul(targets.sub(share), true));",
          "const all = solveSpd(gram, X.matMul(targets.sub(share.mul(0)), true));\n" +
            "    const weights = all.slice([0, 0], [D, -1]);",
        ],
        [
          "share.sub(center.matMul(weights)).squeeze([0])",
          "all.slice([D, 0], [1, -1]).add(center.sum().mul(0)).squeeze([0])",
        ],
      ],
      message:
        "A column of ones gets the ridge, too, so the bias is held small. Ridge is for W alone; " +
        "taking the means off leaves the bias free.",
    },
    {
      edits: [["share.sub(center.matMul(weights))", "share"]],
      message: "The bias forgets that the features were centered: it is ȳ − x̄·W.",
    },
    {
      edits: [["tf.eye(D).mul(ridge)", "tf.eye(D).mul(ridge * x.shape[0]!)"]],
      message:
        "Ridge is multiplied by the number of examples. The errors are a sum, so it counts once.",
    },
    {
      edits: [["tf.eye(D).mul(ridge)", "tf.eye(D).mul(ridge ** 2)"]],
      message: "Ridge is squared. Add ridge·I as it is.",
    },
    {
      edits: [["tf.eye(D).mul(ridge)", "tf.eye(D).mul(1 + 0 * ridge)"]],
      message: "The option ridge has no effect.",
    },
    {
      edits: [["tf.eye(D).mul(ridge)", "tf.fill([D, D], ridge)"]],
      message: "Ridge is added to all entries of XᵀX. Add it to the diagonal: ridge·I.",
    },
    {
      edits: [
        [
          "const targets = oneHot(y, classes);",
          "const targets = oneHot(y, classes).mul(2).sub(1);",
        ],
      ],
      message: "The targets are −1 and 1. They are the one-hot rows, 0 and 1.",
    },
    {
      edits: [
        [
          "const center = x.mean(0, true);",
          "const center = x.mean(0, true);\n    const spread = x.sub(center).square().mean(0, true).add(1e-12).sqrt();",
        ],
        ["const X = x.sub(center);", "const X = x.sub(center).div(spread);"],
        ["share.sub(center.matMul(weights))", "share.sub(center.div(spread).matMul(weights))"],
      ],
      message: "You divide the features by their spread. Take them as they are.",
    },
  ],
  tolerance: {
    rtol: 1e-4,
    atol: 1e-4,
    reason: "the equations are solved in float32, and another order of steps rounds differently",
  },
};
export default exercise;
