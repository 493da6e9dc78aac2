/** gelu: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => [
    { group: "values", says: "numbers lie around zero", args: [random.normal([4, 8], 1.5)] },
    { group: "values", says: "numbers are small", args: [random.normal([10], 0.05)] },
    { group: "shapes", says: "x is a scalar", args: [random.normal([])] },
    { group: "shapes", says: "x has rank four", args: [random.normal([2, 1, 3, 2])] },
    {
      group: "property",
      says: "x is so large that it passes completely or not at all",
      args: [tensorData([4], [50, -50, 1e4, -1e4])],
    },
    {
      group: "gradient",
      says: "x is differentiated",
      args: [random.normal([20], 1.5)],
      wrt: ["0"],
    },
  ],
  mutants: [
    {
      edits: [
        [
          "x.mul(Math.SQRT1_2).erf()",
          "x.add(x.square().mul(x).mul(0.044715)).mul(Math.sqrt(2 / Math.PI)).tanh()",
        ],
      ],
      says:
        "This is the approximation by tanh, accurate to three digits. " +
        "The exact form uses the error function, erf.",
    },
    {
      edits: [["x.mul(Math.SQRT1_2).erf()", "x.erf()"]],
      says: "The argument of erf lacks its factor: Φ(x) = ½(1 + erf(x/√2)).",
    },
    {
      edits: [["x.mul(Math.SQRT1_2).erf()", "x.mul(Math.SQRT2).erf()"]],
      says: "You multiply by √2 inside erf. Divide by it.",
    },
    {
      edits: [[".mul(0.5)", ""]],
      says: "The factor ½ is missing: 1 + erf runs from 0 to 2, but a probability from 0 to 1.",
    },
    {
      edits: [
        [
          "x.mul(x.mul(Math.SQRT1_2).erf().add(1).mul(0.5))",
          "x.mul(Math.SQRT1_2).erf().add(1).mul(0.5)",
        ],
      ],
      says: "This is Φ(x) alone. GELU multiplies it by x.",
    },
    {
      edits: [
        ["x.mul(x.mul(Math.SQRT1_2).erf().add(1).mul(0.5))", "x.mul(x.mul(1.702).sigmoid())"],
      ],
      says:
        "This is the approximation by a sigmoid, x·σ(1.702x). " +
        "The exact form uses the error function, erf.",
    },
    {
      edits: [["x.mul(x.mul(Math.SQRT1_2).erf().add(1).mul(0.5))", "x.mul(x.sigmoid())"]],
      says: "This is SiLU, x·σ(x). GELU has Φ, from the error function, in place of σ.",
    },
  ],
};
export default exercise;
