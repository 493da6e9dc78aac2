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
      args: [tensorData([2, 4], [...Array<number>(6).fill(-Infinity), 1, 2]), 2],
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
        "You don't rescale the sum so far when the maximum moves. " +
        "It was taken with the old maximum m: multiply it by exp(m − m′).",
    },
    {
      edits: [["sum.mul(top.sub(newTop).exp())", "sum.mul(newTop.sub(top).exp())"]],
      says:
        "You rescale the sum the wrong way. When the maximum grows, what was summed before is " +
        "worth less: exp(m − m′), where m is the old one.",
    },
    {
      edits: [["top.maximum(part.max(-1, true))", "part.max(-1, true).maximum(LOWEST)"]],
      says:
        "Your maximum is that of the block alone. " +
        "It is a running maximum: compare with what came before.",
    },
    {
      edits: [["start < C; start", "start + block <= C; start"]],
      says: "You leave out the short block at the end. The block doesn't have to divide the row.",
    },
    {
      edits: [[".exp().sum(-1, true)", ".sum(-1, true).exp()"]],
      says: "You add the scores of a block before the exponential. Add the exponentials.",
    },
    {
      edits: [
        [
          "sum = sum.mul(top.sub(newTop).exp()).add(part.sub(newTop).exp().sum(-1, true));",
          "sum = part.sub(newTop).exp().sum(-1, true);",
        ],
      ],
      says:
        "Your sum is that of the last block alone. " +
        "Add it to what came before, rescaled by exp(m − m′).",
    },
    {
      edits: [["return x.sub(top).exp()", "return x.exp()"]],
      says:
        "You make the shares without the maximum: " +
        "they are exp(x − m) / d with the final m and d.",
    },
  ],
  forbid: ["softmax", "logSoftmax", "logSumExp"],
};
export default exercise;
