/** gelu: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => [
    { group: "values", title: "numbers lie around zero", args: [random.normal([4, 8], 1.5)] },
    { group: "values", title: "numbers are small", args: [random.normal([10], 0.05)] },
    // far below zero, rounding leaves few digits of 1 minus a number that is almost 1
    { group: "shapes", title: "x is a scalar", args: [random.uniform([], -1.5, 3)] },
    { group: "shapes", title: "x has rank four", args: [random.normal([2, 1, 3, 2])] },
    {
      group: "property",
      title: "x is so large that it passes completely or not at all",
      args: [tensorData([4], [50, -50, 1e4, -1e4])],
    },
    {
      group: "gradient",
      title: "x is differentiated",
      args: [random.normal([20], 1.5)],
      wrt: ["0"],
    },
    {
      group: "property",
      title: "large numbers stand between small ones",
      args: [
        tensorData(
          [6],
          [
            random.next(),
            random.int(50, 9999),
            -random.next(),
            -random.int(50, 9999),
            random.next(),
            0,
          ],
        ),
      ],
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
      message:
        "This is the approximation by tanh, accurate to three digits. " +
        "The exact form uses the error function, erf.",
    },
    {
      edits: [["x.mul(Math.SQRT1_2).erf()", "x.erf()"]],
      message: "The argument of erf lacks its factor: Φ(x) = ½(1 + erf(x/√2)).",
    },
    {
      edits: [["x.mul(Math.SQRT1_2).erf()", "x.mul(Math.SQRT2).erf()"]],
      message: "You multiply by √2 inside erf. Divide by it.",
    },
    {
      edits: [[".mul(0.5)", ""]],
      message: "The factor ½ is missing: 1 + erf runs from 0 to 2, but a probability from 0 to 1.",
    },
    {
      edits: [
        [
          "x.mul(x.mul(Math.SQRT1_2).erf().add(1).mul(0.5))",
          "x.mul(Math.SQRT1_2).erf().add(1).mul(0.5)",
        ],
      ],
      message: "This is Φ(x) alone. GELU multiplies it by x.",
    },
    {
      edits: [
        ["x.mul(x.mul(Math.SQRT1_2).erf().add(1).mul(0.5))", "x.mul(x.mul(1.702).sigmoid())"],
      ],
      message:
        "This is the approximation by a sigmoid, x·σ(1.702x). " +
        "The exact form uses the error function, erf.",
    },
    {
      edits: [["x.mul(x.mul(Math.SQRT1_2).erf().add(1).mul(0.5))", "x.mul(x.sigmoid())"]],
      message: "This is SiLU, x·σ(x). GELU has Φ, from the error function, in place of σ.",
    },
    {
      edits: [["x.mul(x.mul(Math.SQRT1_2).erf().add(1).mul(0.5))", "x.relu()"]],
      message:
        "This is ReLU, which cuts everything below zero. " +
        "GELU multiplies x by Φ(x) and bends smoothly.",
    },
  ],
};
export default exercise;
