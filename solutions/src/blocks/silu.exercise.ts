/** silu: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => [
    { group: "values", title: "numbers lie around zero", args: [random.normal([4, 8], 2)] },
    { group: "shapes", title: "x is a scalar", args: [random.normal([])] },
    { group: "shapes", title: "x has rank four", args: [random.normal([2, 1, 3, 2])] },
    {
      group: "property",
      title: "x is so large that it passes completely or not at all",
      args: [tensorData([4], [200, -200, 1e4, -1e4])],
    },
    { group: "gradient", title: "x is differentiated", args: [random.normal([20], 2)], wrt: ["0"] },
  ],
  mutants: [
    {
      edits: [["x.mul(x.sigmoid())", "x.sigmoid()"]],
      message: "This is the sigmoid alone. SiLU multiplies it by x.",
    },
    {
      edits: [["x.mul(x.sigmoid())", "x.mul(x.mul(1.702).sigmoid())"]],
      message: "The factor 1.702 belongs to an approximation of GELU. SiLU is x·σ(x).",
    },
    {
      edits: [["x.mul(x.sigmoid())", "x.mul(x.tanh())"]],
      message:
        "You gate with tanh, which gives a positive result on both sides of zero. " +
        "The gate is the sigmoid.",
    },
    {
      edits: [["x.mul(x.sigmoid())", "x.relu()"]],
      message: "This is ReLU, which has a corner at zero. SiLU is x·σ(x).",
    },
  ],
};
export default exercise;
