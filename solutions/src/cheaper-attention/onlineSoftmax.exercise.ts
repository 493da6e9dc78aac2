/** onlineSoftmax: its cases and its typical mistakes. */
import { readsTooMuch, tensorData, type CostRule, type Exercise, type OpRun } from "grader";

/** The rows that are measured, in blocks of BLOCK scores. */
const ROWS = 2;
const LONG = 512;
const BLOCK = 32;

/** Op kernels that take a tensor or a part of it as it is. */
const CUTS = /Slice|Split|Gather|Unpack|Reshape|Identity/;
/** Op kernels in which each number of the result comes from one place of each input. */
const ELEMENTWISE = new RegExp(
  "^(Abs|Add|AddN|Cast|ClipByValue|Concat|Equal|Exp|ExpandDims|Expm1|Fill|Greater|GreaterEqual|" +
    "IsFinite|IsInf|IsNan|Less|LessEqual|Log|LogicalAnd|LogicalNot|LogicalOr|Maximum|" +
    "Minimum|Multiply|Neg|NotEqual|OnesLike|Pack|PadV2|Pow|RealDiv|Reciprocal|Relu|" +
    "Reverse|Select|SelectV2|Sub|Tile|Transpose|ZerosLike|\\(.*\\))$",
);
/** Op kernels that take in many scores, for a maximum or for a sum. */
const takeIn = ({ kernel, read, wrote }: OpRun) =>
  !CUTS.test(kernel) && read > 4 * ROWS && (wrote <= read / 2 || !ELEMENTWISE.test(kernel));
const isMaximum = ({ kernel }: OpRun) => /Max|Min|TopK/.test(kernel) && !/Softmax/.test(kernel);

const blockByBlock: CostRule = (runs) => {
  const most = runs.filter(takeIn).reduce((all, { read }) => Math.max(all, read / ROWS), 0);
  // a product with a column of ones reads the ones, too
  if (most <= 2 * BLOCK) return readsTooMuch(runs);
  return `It takes in ${most} scores of a row at the same time; a block has ${BLOCK}.`;
};

const inOnePass: CostRule = (runs) => {
  const tooMuchRead = readsTooMuch(runs);
  if (tooMuchRead !== undefined) return tooMuchRead;
  const taken = runs.filter(takeIn);
  const firstSum = taken.findIndex((run) => !isMaximum(run));
  if (firstSum < taken.findLastIndex(isMaximum)) return undefined;
  return (
    "It has the maxima of all blocks before it sums the first one, so it needs each block twice " +
    "before the shares."
  );
};

const exercise: Exercise = {
  cases: (random) => [
    { group: "values", title: "the blocks divide the row", args: [random.normal([3, 8], 2), 4] },
    { group: "values", title: "the last block is short", args: [random.normal([2, 2, 7], 2), 3] },
    {
      group: "values",
      title: "the scores rise by hundreds",
      args: [tensorData([1, 6], [-400, -200, 0, 100, random.int(200, 300), 301]), 2],
    },
    {
      group: "values",
      title: "the scores fall by hundreds",
      args: [tensorData([1, 6], [random.int(301, 400), 300, 100, 0, -200, -400]), 2],
    },
    { group: "shapes", title: "x is a vector", args: [random.normal([5]), 2] },
    {
      group: "shapes",
      title: "one block holds more than the row",
      args: [random.normal([2, 3]), 10],
    },
    {
      group: "property",
      title: "a row of −∞ gives zeros",
      args: [tensorData([2, 4], [...Array<number>(6).fill(-Infinity), 1, 2]), 2],
    },
    {
      group: "gradient",
      title: "x is differentiated",
      args: [random.normal([2, 5]), 2],
      wrt: ["0"],
    },
    {
      group: "errors",
      title: "the block is empty",
      args: [random.normal([2, 4]), 0],
      throws: "block",
    },
    {
      group: "cost",
      title: "how many of 512 scores are read at a time, in blocks of 32",
      args: [random.normal([ROWS, LONG]), BLOCK],
      cost: blockByBlock,
    },
    {
      group: "cost",
      title: "how often 512 scores are read, in blocks of 32",
      args: [random.normal([ROWS, LONG]), BLOCK],
      cost: inOnePass,
    },
    {
      group: "values",
      title: "all scores are far below −10³⁰",
      args: [tensorData([2, 4], [-3e30, -3e30, -1e37, -3e30, 5, -2e35, 4, 4]), 3],
    },
    {
      group: "property",
      title: "a row of −∞ lies between two others",
      args: [
        tensorData(
          [3, 5],
          [
            ...random.normal([5]).data,
            ...Array<number>(5).fill(-Infinity),
            ...random.normal([5]).data,
          ],
        ),
        2,
      ],
    },
  ],
  mutants: [
    {
      edits: [["sum.mul(top.sub(newTop).exp()).add", "sum.add"]],
      message:
        "You don't rescale the sum so far when the maximum moves. " +
        "It was taken with the old maximum m: multiply it by exp(m − m′).",
    },
    {
      edits: [["sum.mul(top.sub(newTop).exp())", "sum.mul(newTop.sub(top).exp())"]],
      message:
        "You rescale the sum the wrong way. When the maximum grows, what was summed before is " +
        "worth less: exp(m − m′), where m is the old one.",
    },
    {
      edits: [["top.maximum(part.max(-1, true))", "part.max(-1, true).maximum(LOWEST)"]],
      message:
        "Your maximum is that of the block alone. " +
        "It is a running maximum: compare with what came before.",
    },
    {
      edits: [["start < C; start", "start + block <= C; start"]],
      message:
        "You leave out the short block at the end. The block doesn't have to divide the row.",
    },
    {
      edits: [[".exp().sum(-1, true)", ".sum(-1, true).exp()"]],
      message: "You add the scores of a block before the exponential. Add the exponentials.",
    },
    {
      edits: [
        [
          "sum = sum.mul(top.sub(newTop).exp()).add(part.sub(newTop).exp().sum(-1, true));",
          "sum = part.sub(newTop).exp().sum(-1, true);",
        ],
      ],
      message:
        "Your sum is that of the last block alone. " +
        "Add it to what came before, rescaled by exp(m − m′).",
    },
    {
      edits: [["return x.sub(top).exp()", "return x.exp()"]],
      message:
        "You make the shares without the maximum: " +
        "they are exp(x − m) / d with the final m and d.",
    },
    {
      edits: [
        ["start < C; start += block", "start < C; start += C"],
        ["Math.min(block, C - start)", "C"],
      ],
      breaks: "how many of 512 scores are read at a time, in blocks of 32",
      message:
        "More than a block of scores is taken in at a time. " +
        "Cut out each block, and keep only the running maximum and sum.",
    },
    {
      edits: [
        [
          "for (let start = 0; start < C; start += block) {",
          `for (let start = 0; start < C; start += block) {
             const size = Math.min(block, C - start);
             const part = x.slice([...rest.map(() => 0), start], [...rest, size]);
             top = top.maximum(part.max(-1, true));
           }
           for (let start = 0; start < C; start += block) {`,
        ],
        ["const newTop = top.maximum(part.max(-1, true));", "const newTop = top;"],
      ],
      breaks: "how often 512 scores are read, in blocks of 32",
      message:
        "You go over the blocks twice, for the maximum and then for the sum. " +
        "One pass finds both: when the maximum moves, rescale the sum so far by exp(m − m′).",
    },
    {
      edits: [
        ["tf.fill([...rest, 1], LOWEST)", "tf.zeros([...rest, 1])"],
        ["sum.maximum(1)", "sum"],
      ],
      message:
        "The running maximum starts at 0, so it is too large wherever all scores are below " +
        "zero, and their exponentials vanish. Start with LOWEST.",
    },
    {
      edits: [["tf.fill([...rest, 1], LOWEST)", "tf.zeros([...rest, 1])"]],
      message:
        "The running maximum starts at 0, so it is too large wherever all scores are below " +
        "zero, and the shares no longer add up to one. Start with LOWEST.",
    },
    {
      edits: [["tf.fill([...rest, 1], LOWEST)", "tf.fill([...rest, 1], -Infinity)"]],
      message:
        "A row of −∞ gives NaN: from (−∞) − (−∞) unless the running maximum starts at LOWEST, " +
        "then from 0 / 0 unless the sum is kept at 1 or above.",
    },
    {
      edits: [["div(sum.maximum(1))", "div(sum)"]],
      message:
        "A row of −∞ gives NaN: from (−∞) − (−∞) unless the running maximum starts at LOWEST, " +
        "then from 0 / 0 unless the sum is kept at 1 or above.",
    },
    {
      edits: [["top = newTop;", ""]],
      message:
        "The running maximum never moves on: it is still the initial one in the next block and " +
        "at the end. Set it to the new maximum.",
    },
    {
      edits: [[".div(sum.maximum(1))", ""]],
      message: "The exponentials are not divided by the sum, so the rows do not add up to one.",
    },
    {
      edits: [["part.max(-1, true)", "part.max()"]],
      message: "The maximum is that of all rows. Each row has its own: .max(-1, true).",
    },
    {
      edits: [
        [
          "sum.mul(top.sub(newTop).exp()).add(part.sub(newTop).exp().sum(-1, true))",
          "sum.add(part.sub(newTop).exp().sum(-1, true)).mul(top.sub(newTop).exp())",
        ],
      ],
      message:
        "You rescale the new block's sum too. " +
        "It is taken with the new maximum already: rescale only what came before.",
    },
  ],
  forbid: ["softmax", "logSoftmax", "logSumExp"],
};
export default exercise;
