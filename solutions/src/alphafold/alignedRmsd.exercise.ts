/** alignedRmsd: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => {
    const p = random.normal([8, 3], 4);
    const noise = random.normal([8, 3], 0.5);
    const point = (i: number) => Array.from(p.data.slice(3 * i, 3 * i + 3));
    const apart = (x: number) => [...random.normal([3]).data, x, ...random.normal([2]).data];
    const changed = (f: (x: number, y: number, z: number) => number[]) => {
      const moved = Array.from({ length: 8 }, (_, i) => {
        const [x, y, z] = point(i);
        return f(x!, y!, z!);
      });
      const values = moved.flat().map((v, i) => v + noise.data[i]!);
      return tensorData([8, 3], values);
    };
    return [
      {
        group: "values",
        title: "two clouds of ten points",
        args: [random.normal([10, 3]), random.normal([10, 3])],
      },
      {
        group: "values",
        title: "the clouds are far apart",
        args: [random.normal([10, 3], 2, 20), random.normal([10, 3], 2, -20)],
      },
      {
        group: "shapes",
        title: "there are two points",
        // one pair is far longer, since what is left of two lengths that are almost equal is rounding
        args: [random.normal([2, 3], 0.5), tensorData([2, 3], apart(10))],
      },
      {
        group: "property",
        title: "a mirror image with noise",
        args: [changed((x, y, z) => [-x, y, z]), p],
      },
      {
        group: "property",
        title: "a quarter turn, a move and noise",
        args: [changed((x, y, z) => [5 - y, x + 6, z - 7]), p],
      },
      {
        group: "property",
        title: "half a turn and noise",
        args: [changed((x, y, z) => [-x, -y, z]), p],
      },
      {
        group: "gradient",
        title: "both are differentiated",
        args: [random.normal([8, 3]), random.normal([8, 3])],
        wrt: ["0", "1"],
      },
      {
        group: "gradient",
        title: "there is one point, which always fits",
        args: [random.normal([1, 3]), random.normal([1, 3])],
        wrt: ["0", "1"],
      },
      {
        group: "errors",
        title: "the number of points differs",
        args: [random.normal([4, 3]), random.normal([5, 3])],
        throws: "predicted",
      },
    ];
  },
  mutants: [
    {
      edits: [
        [
          "const p = predicted.sub(predicted.mean(0)); const q = truth.sub(truth.mean(0));",
          "const p = predicted; const q = truth;",
        ],
      ],
      message: "The clouds aren't centered: subtract each one's mean before you rotate.",
    },
    {
      edits: [["p.matMul(rotation, false, true)", "p.matMul(rotation)"]],
      message:
        "The rotation is applied the wrong way around: points are rows, " +
        "so R·p is p times the transpose of R. The covariance that R comes from is Σ p·qᵀ.",
    },
    {
      edits: [["error.square().sum(-1).mean()", "error.square().mean()"]],
      message:
        "This is the mean over coordinates. " +
        "Sum the three squares of each point, then take the mean over points.",
    },
    {
      edits: [["p.matMul(rotation, false, true).sub(q)", "p.sub(q)"]],
      message: "Nothing is rotated. Apply the best rotation to the centered prediction.",
    },
    {
      edits: [
        [
          "error.square().sum(-1).mean().add(1e-12).sqrt()",
          "error.square().sum(-1).add(1e-12).sqrt().mean()",
        ],
      ],
      message:
        "This is the mean distance. " +
        "Take the mean of the squared distances first, then the root.",
    },
    {
      edits: [["mean().add(1e-12).sqrt()", "mean().sqrt()"]],
      message:
        "If everything fits, the gradient is NaN. Two things keep it finite: 1e-12 under the root, " +
        "and the covariance in stopGradient.",
    },
    {
      edits: [["truth.sub(truth.mean(0))", "truth"]],
      message: "Only the prediction is centered. Center both clouds.",
    },
    {
      edits: [["mean().add(1e-12).sqrt()", "mean().add(1e-12)"]],
      message: "This is the mean of the squared distances. Take its root.",
    },
    {
      edits: [["truth.sub(truth.mean(0))", "truth.sub(predicted.mean(0))"]],
      message:
        "The truth is centered by the mean of the prediction. Subtract each cloud's own mean.",
    },
  ],
};
export default exercise;
