/** geluTanh: its cases and its typical mistakes. */
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
  ],
  mutants: [
    {
      edits: [["inner.tanh()", "x.mul(Math.SQRT1_2).erf()"]],
      message: "This is the exact GELU with the error function. GPT-2 uses the form with tanh.",
    },
    {
      edits: [["z.square().mul(z).mul(0.044715)", "z.square().mul(0.044715)"]],
      message: "The small term has x²; the formula has x³.",
    },
    {
      edits: [["z.add(z.square().mul(z).mul(0.044715))", "z"]],
      message: "The cubic term 0.044715·x³ is missing inside tanh.",
    },
    {
      edits: [[".mul(Math.sqrt(2 / Math.PI))", ".mul(2 / Math.PI)"]],
      message: "The factor inside tanh is √(2/π), not 2/π.",
    },
    { edits: [[".mul(0.5)", ""]], message: "The factor ½ is missing: 1 + tanh runs from 0 to 2." },
  ],
};
export default exercise;
