/** scalingLoss: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const fit = { e: 0.7, a: 30, alpha: 0.25, b: 90, beta: 0.4 };

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      title: "models of 10⁷ to 10¹² weights",
      args: [random.uniform([8], 7, 12), random.uniform([8], 8, 13)],
    },
    {
      group: "values",
      title: "another fit",
      args: [random.uniform([6], 4, 8), random.uniform([6], 4, 8), fit],
    },
    {
      group: "shapes",
      title: "a matrix",
      args: [random.uniform([2, 3], 7, 12), random.uniform([2, 3], 8, 13)],
    },
    {
      group: "shapes",
      title: "a scalar",
      args: [random.uniform([], 7, 12), random.uniform([], 8, 13)],
    },
    {
      group: "property",
      title: "unlimited weights and data",
      args: [tensorData([2], [60, 70]), tensorData([2], [70, 60])],
    },
    {
      group: "gradient",
      title: "both are differentiated",
      args: [random.uniform([5], 4, 8), random.uniform([5], 4, 8), fit],
      wrt: ["0", "1"],
    },
    {
      group: "errors",
      title: "tokens has fewer entries than parameters",
      args: [random.uniform([3], 7, 12), random.uniform([2], 8, 13)],
      throws: "tokens",
    },
    {
      group: "values",
      title: "a fit whose e is 0",
      args: [random.uniform([6], 4, 8), random.uniform([6], 4, 8), { ...fit, e: 0 }],
    },
    {
      group: "property",
      title: "unlimited data",
      args: [random.uniform([4], 7, 12), tensorData([4], [70, 60, 65, 80])],
    },
  ],
  mutants: [
    {
      edits: [[".mul(-exponent * Math.LN10)", ".mul(-exponent)"]],
      message: "The arguments are log10 of N and D. 10^x is exp(x · ln 10).",
    },
    {
      edits: [[".mul(-exponent * Math.LN10)", ".mul(exponent * Math.LN10)"]],
      message:
        "The loss grows with the size. N^alpha is in the denominator: 10^(−alpha · log10 N).",
    },
    {
      edits: [[".add(e)", ""]],
      message: "The floor e is missing: what no model of any size could know.",
    },
    {
      edits: [["power(tokens, beta)", "power(tokens, alpha)"]],
      message: "Data has its own exponent, beta.",
    },
    {
      edits: [["power(tokens, beta).mul(b)", "power(tokens, beta).mul(a)"]],
      message: "Data has its own factor, b.",
    },
    {
      edits: [["log10.mul(-exponent * Math.LN10).exp()", "log10.pow(-exponent)"]],
      message:
        "The log10 of N and D are taken for N and D themselves. 10^x comes first: N = " +
        "10^parameters.",
    },
    {
      edits: [["tooSmall.add(tooShort).add(e)", "tooSmall.mul(tooShort).add(e)"]],
      message: "The two terms are multiplied. The loss is their sum and e.",
    },
    {
      edits: [
        ["power(parameters, alpha)", "power(tokens, alpha)"],
        ["power(tokens, beta)", "power(parameters, beta)"],
      ],
      message: "N and D are swapped: N has a and alpha, D has b and beta.",
    },
    {
      edits: [
        [
          "const { e, a, alpha, b, beta } = fit;",
          "const { e, a, alpha, b, beta } = fit && CHINCHILLA;",
        ],
      ],
      message: "The argument `fit` is ignored. CHINCHILLA is only its default.",
    },
    {
      edits: [
        ["power(parameters, alpha).mul(a)", "power(parameters, alpha).mul(a ** alpha)"],
        ["power(tokens, beta).mul(b)", "power(tokens, beta).mul(b ** beta)"],
      ],
      message: "The factors are raised to the exponents too, as in (a/N)^alpha. It is a / N^alpha.",
    },
    {
      edits: [["tooSmall.add(tooShort).add(e)", "tf.scalar(e).sub(tooSmall).sub(tooShort)"]],
      message: "The terms are subtracted from e. They are what the loss has above e: add them.",
    },
    {
      edits: [["Math.LN10", "Math.LN2"]],
      message:
        "The arguments are taken as logarithms to base 2. They are log10: 10^x is exp(x · ln " +
        "10).",
    },
  ],
};
export default exercise;
