/** smoothLddtLoss: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";
import { drawWalk, turned } from "./walkCases";

const exercise: Exercise = {
  cases: (random) => {
    const [, truth] = drawWalk(random, 10, 0.5);
    const pair = (x: number) => tensorData([2, 3], [0, 0, 0, x, 0, 0]);
    return [
      {
        group: "values",
        title: "twelve residues, noise of half an ångström",
        args: drawWalk(random, 12, 0.5),
      },
      { group: "values", title: "twenty residues, noise of 3 Å", args: drawWalk(random, 20, 3) },
      {
        group: "values",
        title: "a long chain, most pairs beyond 15 Å",
        args: drawWalk(random, 40, 1),
      },
      { group: "shapes", title: "there are two residues", args: drawWalk(random, 2, 0.5) },
      {
        group: "shapes",
        title: "there is one residue, so no pair",
        args: drawWalk(random, 1, 0.5),
      },
      { group: "property", title: "the prediction is perfect", args: [truth!, truth!] },
      {
        group: "property",
        title: "two residues, 10 Å apart in the truth, are 5 Å too far apart",
        args: [pair(15), pair(10)],
      },
      {
        group: "property",
        title: "two residues exactly 15 Å apart don't count",
        args: [pair(14.75), pair(15)],
      },
      {
        group: "property",
        title: "two residues of the prediction are almost in one place",
        args: [pair(0.003), pair(1)],
      },
      {
        group: "gradient",
        title: "the prediction is differentiated",
        args: drawWalk(random, 10, 1),
        wrt: ["0"],
      },
      {
        group: "gradient",
        title: "two residues of the prediction are in one place",
        args: [pair(0), pair(4)],
        wrt: ["0"],
      },
      {
        group: "errors",
        title: "the number of residues differs",
        args: [random.normal([4, 3]), random.normal([5, 3])],
        throws: "predicted",
      },
      {
        group: "property",
        title: "the prediction is turned by 90°",
        args: turned(drawWalk(random, 30, 1)),
      },
    ];
  },
  mutants: [
    {
      edits: [["tf.scalar(cut).sub(error).sigmoid()", 'error.less(cut).cast("float32")']],
      message:
        "You count, as lddt does, and a count has no slope. " +
        "A sigmoid of the cutoff minus the error takes its place.",
    },
    {
      edits: [
        [
          "tf.scalar(1).sub(kept.mul(counted).sum().div(counted.sum().maximum(1)))",
          "kept.mul(counted).sum().div(counted.sum().maximum(1))",
        ],
      ],
      message:
        "You return the score, which grows as the prediction gets better. The loss is 1 − it.",
    },
    {
      edits: [["tf.scalar(cut).sub(error).sigmoid()", "error.sub(cut).sigmoid()"]],
      message:
        "The sigmoid has the wrong sign: it is near 1 where the error is large. " +
        "Take the cutoff minus the error.",
    },
    {
      edits: [[".mul(others)", ""]],
      message:
        "A residue counts as its own neighbor. " +
        "Its distance is always right and lowers the loss: leave out the diagonal.",
    },
    {
      edits: [["expected.less(15)", "distances(predicted).less(15)"]],
      message: "You look for neighbors in the prediction. The truth decides which pairs count.",
    },
    {
      edits: [["expected.less(15)", "expected.lessEqual(15)"]],
      message: "Pairs exactly 15 Å apart don't count here: algorithm 27 has less than 15 Å.",
    },
    {
      edits: [["expected.less(15)", "expected.less(30)"]],
      message:
        "Pairs farther apart than 15 Å count. lDDT is local; 30 Å is the radius for DNA and RNA.",
    },
    {
      edits: [["expected.less(15)", "expected.less(1000)"]],
      message:
        "Pairs farther apart than 15 Å count. lDDT is local; 30 Å is the radius for DNA and RNA.",
    },
    {
      edits: [["[0.5, 1, 2, 4]", "[1, 2, 4, 8]"]],
      message: "Those are the cutoffs of GDT. lDDT's are 0.5, 1, 2 and 4 Å.",
    },
    {
      edits: [["tf.addN(terms).div(4)", "tf.addN(terms)"]],
      message: "The four sigmoids are added. Take their mean: divide by 4.",
    },
    {
      edits: [["distances(predicted).sub(expected).abs()", "distances(predicted).sub(expected)"]],
      message: "Distances that are too short count as right. Take the absolute error.",
    },
    {
      edits: [
        ["distances(predicted).sub(expected).abs()", "distances(predicted).sub(expected).square()"],
      ],
      message: "The errors are squared. The cutoffs are in Å, so take the absolute error.",
    },
    {
      edits: [["sum(-1).add(1e-8).sqrt()", "sum(-1).add(1e-8)"]],
      message: "The distances are squared distances. Take the root.",
    },
    {
      edits: [["sum(-1).add(1e-8).sqrt()", "sum(-1).sqrt()"]],
      message:
        "The gradient is not a number: the root has an infinite slope at 0, " +
        "and each residue's distance to itself is 0. Add 1e-8 under the root; after it, it comes too late.",
    },
    {
      edits: [
        [
          "kept.mul(counted).sum().div(counted.sum().maximum(1))",
          "kept.mul(counted).sum(1).div(counted.sum(1).maximum(1)).mean()",
        ],
      ],
      message:
        "You average each residue's own score. " +
        "All pairs count equally: one sum over all of them, divided by their number.",
    },
    {
      edits: [["div(counted.sum().maximum(1))", "div(Math.max(1, N * (N - 1)))"]],
      message:
        "You divide by all pairs. " +
        "Divide by the number of pairs that count, those within 15 Å in the truth.",
    },
    {
      edits: [["kept.mul(counted).sum().div(counted.sum().maximum(1))", "kept.mul(counted).sum()"]],
      message: "You add up the pairs. The loss is one minus their mean.",
    },
    {
      edits: [["div(counted.sum().maximum(1))", "div(N * N)"]],
      message: "You divide by N². Divide by the number of pairs that count.",
    },
  ],
};
export default exercise;
