/** linear: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      title: "a batch of tokens keeps its number of features",
      args: [random.normal([2, 3, 5]), random.normal([5, 5]), random.normal([5])],
    },
    {
      group: "values",
      title: "there is no bias",
      args: [random.normal([4, 6]), random.normal([6, 3])],
    },
    {
      group: "shapes",
      title: "x is a single vector",
      args: [random.normal([4]), random.normal([4, 2]), random.normal([2])],
    },
    {
      group: "shapes",
      title: "x has rank four",
      args: [random.normal([2, 1, 3, 4]), random.normal([4, 6]), random.normal([6])],
    },
    {
      group: "property",
      title: "all features are zero, so only the bias is left",
      args: [tensorData([2, 3], [0, 0, 0, 0, 0, 0]), random.normal([3, 4]), random.normal([4])],
    },
    {
      group: "gradient",
      title: "x, w and b of a batch are differentiated",
      args: [random.normal([2, 3, 4]), random.normal([4, 3]), random.normal([3])],
      wrt: ["0", "1", "2"],
    },
    {
      group: "errors",
      title: "w has another width",
      args: [random.normal([2, 4]), random.normal([3, 4])],
      throws: "w",
    },
  ],
  mutants: [
    { edits: [["return b ? y.add(b) : y;", "return y;"]], message: "The bias is never added." },
    {
      edits: [["rows.matMul(w)", "rows.matMul(w, false, true)"]],
      message:
        "You multiply by the transpose of w. " +
        "Here weights are [dIn, dOut], so x·W needs no transpose.",
    },
    {
      edits: [[".reshape([...rest, dOut])", ""]],
      message:
        "The tokens are still in one long list. " +
        "Give the result the axes of x again, with dOut as the last.",
    },
    {
      edits: [["return b ? y.add(b) : y;", "return b ? y.mul(b) : y;"]],
      message: "You multiply by the bias. Add it.",
    },
    {
      edits: [["return b ? y.add(b) : y;", "return b ? y.sub(b) : y;"]],
      message: "You subtract the bias. Add it.",
    },
  ],
};
export default exercise;
