/** rmsNorm: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => {
    const gamma = (C: number) => random.normal([C], 0.5, 1);
    return [
      {
        group: "values",
        title: "a batch of tokens is normalized",
        args: [random.normal([2, 3, 8], 2, 1), gamma(8)],
      },
      { group: "values", title: "eps is given", args: [random.normal([3, 5], 0.3), gamma(5), 0.1] },
      { group: "shapes", title: "x is a single vector", args: [random.normal([7], 3), gamma(7)] },
      { group: "shapes", title: "x has rank four", args: [random.normal([2, 1, 3, 4]), gamma(4)] },
      {
        group: "property",
        title: "all features of a token are zero",
        args: [tensorData([2, 4], [0, 0, 0, 0, 1, -1, 2, 0]), gamma(4)],
      },
      {
        group: "gradient",
        title: "x and gamma are differentiated",
        args: [random.normal([3, 6]), gamma(6)],
        wrt: ["0", "1"],
      },
      {
        group: "errors",
        title: "gamma is too short",
        args: [random.normal([2, 4]), gamma(3)],
        throws: "gamma",
      },
    ];
  },
  mutants: [
    {
      edits: [
        ["const meanSquare = x.square()", "const meanSquare = x.sub(x.mean(-1, true)).square()"],
      ],
      message: "You center before you square. RMSNorm leaves the mean where it is.",
    },
    {
      edits: [[".mean(-1, true)", ".sum(-1, true)"]],
      message:
        "You divide by the length of the vector, √Σx². RMSNorm takes the mean of the squares, " +
        "so that features don't shrink when there are more of them.",
    },
    {
      edits: [["x.square().mean(-1, true)", "x.square().mean()"]],
      message: "The mean runs over all tokens. Each token has its own: .mean(-1, true).",
    },
    {
      edits: [["x.mul(meanSquare.add(eps).rsqrt())", "x.div(meanSquare.sqrt().add(eps))"]],
      message: "You add eps after the root. It belongs under it, next to the mean square.",
    },
    {
      edits: [[".mul(gamma)", ""]],
      message: "You never use gamma: the learned scale multiplies the normalized features.",
    },
    {
      edits: [["meanSquare.add(eps).rsqrt()", "meanSquare.add(eps).reciprocal()"]],
      message: "You divide by the mean square. Divide by its root.",
    },
    {
      edits: [["meanSquare.add(eps)", "meanSquare"]],
      message: "eps is missing, so a token of zeros becomes NaN.",
    },
    {
      edits: [
        [
          "const meanSquare = x.square()",
          `x = x.sub(x.mean(-1, true));
           const meanSquare = x.square()`,
        ],
      ],
      message:
        "You subtract the mean first, as LayerNorm does. RMSNorm leaves the mean where it is.",
    },
    {
      edits: [[".mul(gamma)", ".mul(gamma.add(1))"]],
      message: "You multiply by 1 + gamma, as Gemma does. Here gamma itself is the scale.",
    },
    {
      edits: [["meanSquare.add(eps)", "meanSquare.add(1e-6)"]],
      message: "You don't use `eps`: 1e-6 is only its default.",
    },
    {
      edits: [["meanSquare.add(eps)", "meanSquare.add(1e-5)"]],
      message: "You always add 1e-5. Add `eps`, which is 1e-6 unless given.",
    },
    {
      edits: [["x.mul(meanSquare.add(eps).rsqrt())", "x.div(x.abs().mean(-1, true).add(eps))"]],
      message:
        "You divide by the mean of the absolute values. RMS is the root of the mean of the squares.",
    },
  ],
};
export default exercise;
