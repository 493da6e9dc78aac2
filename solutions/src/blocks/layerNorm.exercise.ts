/** layerNorm: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => {
    const params = (C: number) => [random.normal([C], 0.5, 1), random.normal([C], 0.5)];
    const ones = tensorData([6], new Float32Array(6).fill(1));
    const zeros = tensorData([6], new Float32Array(6));
    return [
      {
        group: "values",
        title: "a batch of tokens is normalized",
        args: [random.normal([2, 3, 8], 2, 1), ...params(8)],
      },
      {
        group: "values",
        title: "eps is given",
        args: [random.normal([3, 5], 0.1), ...params(5), 0.1],
      },
      {
        group: "shapes",
        title: "x is a single vector",
        args: [random.normal([7], 3), ...params(7)],
      },
      {
        group: "shapes",
        title: "x has rank four",
        args: [random.normal([2, 1, 3, 4]), ...params(4)],
      },
      {
        group: "property",
        title: "x lies a thousand away from zero",
        args: [random.normal([4, 6], 1, 1000), ones, zeros],
      },
      {
        group: "gradient",
        title: "x, gamma and beta are differentiated",
        args: [random.normal([2, 6]), ...params(6)],
        wrt: ["0", "1", "2"],
      },
    ];
  },
  mutants: [
    {
      edits: [["centered.square().mean(-1, true)", "centered.square().sum(-1, true).div(C - 1)"]],
      message:
        "Your variance divides by C − 1. LayerNorm divides by C: " +
        "the features are all there is, not a sample of something larger.",
    },
    {
      edits: [["x.sub(x.mean(-1, true))", "x"]],
      message: "You don't subtract the mean: this is RMSNorm. LayerNorm centers first.",
    },
    {
      edits: [["variance.add(eps).rsqrt()", "variance.sqrt().add(eps).reciprocal()"]],
      message:
        "You add eps to the standard deviation. " +
        "It belongs under the square root, next to the variance.",
    },
    {
      edits: [[".mul(gamma).add(beta)", ".add(beta).mul(gamma)"]],
      message: "You add beta before you multiply by gamma. Scale first, then shift.",
    },
    {
      edits: [
        ["x.sub(x.mean(-1, true))", "x.sub(x.mean())"],
        ["centered.square().mean(-1, true)", "centered.square().mean()"],
      ],
      message: "Mean and variance run over all tokens. Each token has its own: .mean(-1, true).",
    },
    {
      edits: [
        ["x.sub(x.mean(-1, true))", "x.sub(x.mean(0, true))"],
        ["centered.square().mean(-1, true)", "centered.square().mean(0, true)"],
      ],
      message:
        "Mean and variance run along the first axis: that is batch normalization. " +
        "Take the last one, the features.",
    },
    {
      edits: [["variance.add(eps).rsqrt()", "variance.add(eps).reciprocal()"]],
      message: "You divide by the variance. Divide by its root.",
    },
    {
      edits: [
        [
          "centered.square().mean(-1, true)",
          "x.square().mean(-1, true).sub(x.mean(-1, true).square())",
        ],
      ],
      message:
        "Your variance is a difference of two large numbers, mean(x²) − mean(x)², " +
        "and far from zero float32 loses its digits. Square the centered features.",
    },
    {
      edits: [["variance.add(eps)", "variance"]],
      message:
        "eps is missing. " +
        "It is added to the variance, under the root, so that constant features don't give NaN.",
    },
    {
      edits: [[".mul(gamma).add(beta)", ".mul(gamma)"]],
      message: "beta is never added: the learned shift comes after gamma.",
    },
    {
      edits: [[".mul(gamma).add(beta)", ".add(beta)"]],
      message: "You never use gamma: the learned scale multiplies the normalized features.",
    },
    {
      edits: [["return centered.mul(", "return x.mul("]],
      message: "You divide x itself by the deviation. Subtract the mean first, then divide.",
    },
    {
      edits: [["variance.add(eps)", "variance.add(1e-5)"]],
      message: "You don't use `eps`: 1e-5 is only its default.",
    },
    {
      edits: [["return centered.mul(", "return x.sub(x.mean()).mul("]],
      message: "You subtract the mean over all tokens. Each token has its own: .mean(-1, true).",
    },
  ],
  tolerance: {
    atol: 1e-4,
    reason: "a thousand away from zero, float32 keeps four digits of the centered values",
  },
};
export default exercise;
