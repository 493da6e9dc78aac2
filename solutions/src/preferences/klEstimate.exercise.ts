/** klEstimate: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const K3 = "return d.expm1().sub(d);";

const exercise: Exercise = {
  cases: (random) => {
    const pair = (...shape: number[]) => {
      const old = random.normal(shape, 1, -2);
      const moves = random.normal(shape, 0.5).data;
      const now = tensorData(
        shape,
        Array.from(old.data, (x, i) => x + moves[i]!),
      );
      return [now, old] as const;
    };
    const [same] = pair(3, 4);
    const halfSame = (...shape: number[]) => {
      const [now, old] = pair(...shape);
      return [
        tensorData(
          shape,
          Array.from(now.data, (x, i) => (i % 2 === 0 ? x : old.data[i]!)),
        ),
        old,
      ];
    };
    return [
      { group: "values", title: "kind is k1", args: [...pair(3, 4), "k1"] },
      { group: "values", title: "kind is k2", args: [...pair(3, 4), "k2"] },
      { group: "values", title: "kind is k3", args: [...pair(3, 4), "k3"] },
      { group: "values", title: "no kind is given", args: [...pair(3, 4)] },
      {
        group: "values",
        title: "the reference finds a sample far likelier than the policy does",
        args: [tensorData([1], [-26]), tensorData([1], [-1])],
      },
      {
        group: "values",
        title: "the policy finds a sample far likelier than the reference does",
        args: [tensorData([1], [-1]), tensorData([1], [-41])],
      },
      {
        group: "property",
        title: "policy and reference are the same",
        args: [same, same],
      },
      { group: "shapes", title: "there is one number", args: [...pair(), "k2"] },
      { group: "shapes", title: "there are three axes", args: [...pair(2, 3, 2), "k1"] },
      {
        group: "gradient",
        title: "logProbs are differentiated, k1",
        args: [...pair(2, 3), "k1"],
        wrt: ["0"],
      },
      {
        group: "gradient",
        title: "logProbs are differentiated, k2",
        args: [...pair(2, 3), "k2"],
        wrt: ["0"],
      },
      {
        group: "gradient",
        title: "logProbs are differentiated, k3",
        args: [...pair(2, 3)],
        wrt: ["0"],
      },
      {
        group: "errors",
        title: "the reference has another shape",
        args: [random.normal([2, 3]), random.normal([3])],
        throws: "refLogProbs",
      },
      { group: "errors", title: "there is no such kind", args: [same, same, "k4"], throws: "kind" },
      {
        group: "property",
        title: "policy and reference are the same for half of the samples",
        args: halfSame(3, 4),
      },
    ];
  },
  mutants: [
    {
      edits: [["refLogProbs.sub(logProbs)", "logProbs.sub(refLogProbs)"]],
      message: "The difference is the wrong way around: d = log π_ref − log π.",
    },
    {
      edits: [['if (kind === "k1") return d.neg();', 'if (kind === "k1") return d;']],
      message: "The sign of k1 is wrong: it is −d = log π − log π_ref.",
    },
    {
      edits: [['if (kind === "k1") return d.neg();', 'if (kind === "k1") return d.abs();']],
      message: "k1 may be below 0 for a sample. Its mean isn't, so don't take its absolute value.",
    },
    {
      edits: [["d.square().div(2)", "d.square()"]],
      message: "k2 is half the square.",
    },
    {
      edits: [[K3, "return d.exp().sub(1).sub(d);"]],
      message: "For small d, exp(d) − 1 loses all its digits to rounding. tf.expm1(d) keeps them.",
    },
    {
      edits: [[K3, "return d.expm1().add(d);"]],
      message: "k3 subtracts d: exp(d) − 1 − d, which is never below 0.",
    },
    {
      edits: [[K3, "return d.exp().sub(d);"]],
      message: "k3 isn't 0 when nothing has changed: exp(d) − 1 − d, and you left out the 1.",
    },
    {
      edits: [[K3, "return d.neg().expm1().add(d);"]],
      message: "Your k3 is that of −d. The ratio in it is π_ref / π, for samples of π.",
    },
    {
      edits: [['kind: KlKind = "k3"', 'kind: KlKind = "k1"']],
      message: "Without a kind it is k3.",
    },
    {
      edits: [[K3, "return d.expm1().sub(d).mean();"]],
      message: "You take a mean. Return an estimate for each sample.",
    },
    {
      edits: [
        [
          "const d = refLogProbs.sub(logProbs);",
          "const d = refLogProbs.sub(logProbs).clipByValue(-20, 20);",
        ],
      ],
      message: "Large differences are clipped. The estimate has no bound.",
    },
  ],
};
export default exercise;
