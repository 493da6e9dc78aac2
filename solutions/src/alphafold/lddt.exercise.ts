/** lddt: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";
import { drawWalk, turned } from "./walkCases";

const exercise: Exercise = {
  cases: (random) => {
    const [, truth] = drawWalk(random, 10, 0.5);
    const faraway = tensorData(
      [10, 3],
      Array.from(truth!.data, (x) => x + 5000),
    );
    const pair = (x: number) => tensorData([2, 3], [0, 0, 0, x, 0, 0]);
    const triple = (x: number) => tensorData([3, 3], [0, 0, 0, 4, 0, 0, x, 0, 0]);
    return [
      {
        group: "values",
        title: "twelve residues, noise of half an ångström",
        args: drawWalk(random, 12, 0.5),
      },
      {
        group: "values",
        title: "twenty residues, noise of two ångström",
        args: drawWalk(random, 20, 2),
      },
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
        title: "two residues, 15 Å apart in the truth, are 5 Å closer",
        args: [pair(10), pair(15)],
      },
      {
        group: "property",
        title: "two residues exactly 15 Å apart count",
        args: [pair(14.75), pair(15)],
      },
      { group: "property", title: "two residues are off by exactly 2 Å", args: [pair(8), pair(6)] },
      {
        group: "property",
        title: "two residues 16 Å apart don't count",
        args: [pair(14.75), pair(16)],
      },
      {
        group: "property",
        title: "a residue is 12 Å away and predicted 30,000 Å away",
        args: [triple(30_000), triple(12)],
      },
      {
        group: "property",
        title: "a residue is 30,000 Å away, so that its pairs don't count",
        args: [triple(12), triple(30_000)],
      },
      {
        group: "errors",
        title: "the number of residues differs",
        args: [random.normal([4, 3]), random.normal([5, 3])],
        throws: "predicted",
      },
      {
        group: "property",
        title: "the prediction lies 5,000 Å away",
        args: [faraway, truth],
      },
      {
        group: "shapes",
        title: "another number of residues",
        args: drawWalk(random, random.int(25, 35), 1),
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
      edits: [[".mul(others)", ""]],
      message:
        "A residue counts as its own neighbor. " +
        "Its distance 0 is always right and raises the score: leave out the diagonal.",
    },
    {
      edits: [["expected.lessEqual(15)", "distances(predicted).lessEqual(15)"]],
      message: "You look for neighbors in the prediction. The truth decides which pairs count.",
    },
    {
      edits: [["error.less(cut)", "error.lessEqual(cut)"]],
      message: "An error equal to a cutoff must not count: it has to be strictly below.",
    },
    {
      edits: [["[0.5, 1, 2, 4]", "[1, 2, 4, 8]"]],
      message: "Those are the cutoffs of GDT. lDDT's are 0.5, 1, 2 and 4 Å.",
    },
    {
      edits: [["expected.lessEqual(15)", "expected.lessEqual(1000)"]],
      message: "All pairs count. lDDT is local: only pairs within 15 Å in the truth.",
    },
    {
      edits: [["distances(predicted).sub(expected).abs()", "distances(predicted).sub(expected)"]],
      message: "Distances that are too short always pass. Take the absolute error.",
    },
    {
      edits: [
        [
          "return kept.mul(counted).sum().div(counted.sum().maximum(1));",
          "return kept.mul(counted).sum(1).div(counted.sum(1).maximum(1)).mean();",
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
      edits: [["expected.lessEqual(15)", "expected.less(15)"]],
      message: "Pairs exactly 15 Å apart in the truth count too: at most 15 Å.",
    },
    {
      edits: [['error.less(cut).cast("float32"))).div(4)', 'error.less(cut).cast("float32")))']],
      message: "The four shares are added. Take their mean: divide by 4.",
    },
    {
      edits: [["return apart.square().sum(-1).sqrt();", "return apart.square().sum(-1);"]],
      message: "The distances are squared distances. Take the root.",
    },
    {
      edits: [["div(counted.sum().maximum(1))", "div(N * N)"]],
      message: "You divide by N². Divide by the number of pairs that count.",
    },
    {
      edits: [[".sub(expected).abs()", ".sub(expected).abs().div(expected.maximum(1e-6))"]],
      message: "The error is relative to the distance. It is in Å: |d − d*|.",
    },
  ],
};
export default exercise;
