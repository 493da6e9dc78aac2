/** onlineSoftmax: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => [
    { group: "values", says: "the blocks divide the row", args: [random.normal([3, 8], 2), 4] },
    { group: "values", says: "the last block is short", args: [random.normal([2, 2, 7], 2), 3] },
    {
      group: "values",
      says: "the scores rise by hundreds",
      args: [tensorData([1, 6], [-400, -200, 0, 100, random.int(200, 300), 301]), 2],
    },
    {
      group: "values",
      says: "the scores fall by hundreds",
      args: [tensorData([1, 6], [random.int(301, 400), 300, 100, 0, -200, -400]), 2],
    },
    { group: "shapes", says: "x is a vector", args: [random.normal([5]), 2] },
    {
      group: "shapes",
      says: "one block holds more than the row",
      args: [random.normal([2, 3]), 10],
    },
    {
      group: "property",
      says: "a row of −∞ gives zeros",
      args: [
        tensorData(
          [2, 4],
          [-Infinity, -Infinity, -Infinity, -Infinity, -Infinity, -Infinity, 1, 2],
        ),
        2,
      ],
    },
    {
      group: "gradient",
      says: "x is differentiated",
      args: [random.normal([2, 5]), 2],
      wrt: ["0"],
    },
    {
      group: "errors",
      says: "the block is empty",
      args: [random.normal([2, 4]), 0],
      throws: "block",
    },
  ],
  mutants: [
    {
      edits: [["sum.mul(top.sub(newTop).exp()).add", "sum.add"]],
      says:
        "The sum so far is not rescaled when the maximum moves. " +
        "It was taken against the old maximum m: multiply it by exp(m − m′).",
    },
    {
      edits: [["sum.mul(top.sub(newTop).exp())", "sum.mul(newTop.sub(top).exp())"]],
      says:
        "The sum is rescaled the wrong way. When the maximum grows, what was summed before is " +
        "worth less: exp(m − m′), m the old one.",
    },
    {
      edits: [["top.maximum(part.max(-1, true))", "part.max(-1, true).maximum(LOWEST)"]],
      says:
        "The maximum is that of the block alone. It is a running one: " +
        "compare with what came before.",
    },
    {
      edits: [["start < C; start", "start + block <= C; start"]],
      says: "The short block at the end is left out of the sum. The block need not divide the row.",
    },
    {
      edits: [[".exp().sum(-1, true)", ".sum(-1, true).exp()"]],
      says: "The scores of a block are added before the exponential. Add the exponentials.",
    },
    {
      edits: [
        [
          "sum = sum.mul(top.sub(newTop).exp()).add(part.sub(newTop).exp().sum(-1, true));",
          "sum = part.sub(newTop).exp().sum(-1, true);",
        ],
      ],
      says:
        "The sum is that of the last block alone. Add it to what came before, rescaled by " +
        "exp(m − m′).",
    },
    {
      edits: [["return x.sub(top).exp()", "return x.exp()"]],
      says:
        "The shares are made without the maximum: they are exp(x − m) / d with the final m and " +
        "d.",
    },
  ],
  forbid: ["softmax", "logSoftmax", "logSumExp"],
};
export default exercise;
