/** dropout: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      title: "a third is dropped",
      args: [random.normal([4, 6]), 1 / 3, random.uniform([4, 6])],
    },
    {
      group: "values",
      title: "most is dropped",
      args: [random.normal([30]), 0.9, random.uniform([30])],
    },
    {
      group: "values",
      title: "nothing is dropped",
      args: [random.normal([5]), 0, random.uniform([5])],
    },
    {
      group: "shapes",
      title: "x is a scalar",
      args: [random.normal([]), 0.25, tensorData([], [0.5])],
    },
    {
      group: "shapes",
      title: "x has rank four",
      args: [random.normal([2, 1, 3, 2]), 0.4, random.uniform([2, 1, 3, 2])],
    },
    {
      group: "property",
      title: "a number is exactly the rate, and stays",
      args: [random.normal([4]), 0.25, tensorData([4], [0.25, 0, 0.5, 0.25])],
    },
    {
      group: "gradient",
      title: "x is differentiated",
      args: [random.normal([4, 5]), 0.4, random.uniform([4, 5])],
      wrt: ["0"],
    },
    {
      group: "errors",
      title: "the rate is one",
      args: [random.normal([3]), 1, random.uniform([3])],
      throws: "rate",
    },
    {
      group: "errors",
      title: "uniform has another shape",
      args: [random.normal([2, 3]), 0.5, random.uniform([3])],
      throws: "uniform",
    },
    {
      group: "values",
      title: "all but one in a thousand are dropped",
      args: [random.normal([6]), 0.999, tensorData([6], [0.9995, 0.5, 0.9991, 0.1, 0.99, 0.9999])],
    },
  ],
  mutants: [
    {
      edits: [[".div(1 - rate)", ""]],
      message: "What is kept is not scaled up, so the expected value shrinks. Divide by 1 − rate.",
    },
    {
      edits: [["uniform.greaterEqual(rate)", "uniform.less(rate)"]],
      message: "You keep what should be dropped: numbers below the rate mark the places to drop.",
    },
    {
      edits: [[".div(1 - rate)", ".div(rate)"]],
      message: "You divide by the rate. A share of 1 − rate is kept, so divide by that.",
    },
    {
      edits: [[".div(1 - rate)", ".mul(1 - rate)"]],
      message:
        "You multiply by 1 − rate, as the old form of dropout does at test time. " +
        "The inverted form divides during training.",
    },
    {
      edits: [["uniform.greaterEqual(rate)", "uniform.greater(rate)"]],
      message:
        "A number that equals the rate is kept: use ≥, " +
        "so that a rate of zero drops nothing even where the number is zero.",
    },
    {
      edits: [["uniform.greaterEqual(rate)", "uniform.greaterEqual(1 - rate)"]],
      message:
        "You keep the share `rate`. " +
        "That is the share to drop: keep where uniform is at least the rate.",
    },
  ],
  forbid: ["dropout"],
};
export default exercise;
