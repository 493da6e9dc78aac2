/** nudgeBias: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";
import { drawChosen } from "./drawExperts";

const exercise: Exercise = {
  cases: (random) => {
    const favorite = tensorData([5, 3], [0, 1, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0]);
    const oneIsMean = tensorData([3, 3], [1, 0, 0, 1, 0, 0, 0, 1, 0]);
    return [
      {
        group: "values",
        title: "one choice per token",
        args: [random.normal([4], 0.1), drawChosen(random, 9, 4, 1), 0.01],
      },
      {
        group: "values",
        title: "two choices per token",
        args: [random.normal([5], 0.1), drawChosen(random, 9, 5, 2), 0.02],
      },
      {
        group: "values",
        title: "one expert has most tokens and one has none",
        args: [random.normal([3]), favorite, 0.1],
      },
      {
        group: "values",
        title: "an expert has exactly the mean load",
        args: [random.normal([3]), oneIsMean, 0.5],
      },
      {
        group: "values",
        title: "the mean load of sixty experts is just over 1",
        args: [random.normal([60]), drawChosen(random, 61, 60, 1), 0.1],
      },
      { group: "values", title: "rate is 0", args: [random.normal([3]), favorite, 0] },
      {
        group: "shapes",
        title: "there is one expert",
        args: [random.normal([1]), drawChosen(random, 4, 1, 1), 0.1],
      },
      {
        group: "errors",
        title: "chosen is of other experts",
        args: [random.normal([4]), favorite, 0.1],
        throws: "chosen",
      },
      {
        group: "errors",
        title: "rate is negative",
        args: [random.normal([3]), favorite, -0.1],
        throws: "rate",
      },
      {
        group: "shapes",
        title: "there are twenty experts",
        args: [random.normal([20]), drawChosen(random, 31, 20, 3), 0.3],
      },
    ];
  },
  mutants: [
    {
      edits: [["load.mean().sub(load)", "load.sub(load.mean())"]],
      message: "Busy experts get a higher bias. Raise the bias of those with too little load.",
    },
    {
      edits: [["load.mean().sub(load).sign()", "load.mean().sub(load)"]],
      message: "The step grows with the difference. Only its sign counts: all steps are `rate`.",
    },
    {
      edits: [["load.mean().sub(load).sign()", "load.less(load.mean()).toFloat().mul(2).sub(1)"]],
      message: "An expert with exactly the mean load moves. It keeps its bias.",
    },
    {
      edits: [["bias.add(", "tf.zerosLike(bias).add("]],
      message: "You return the step alone. Add it to the bias.",
    },
    {
      edits: [[".sign().mul(rate)", ".sign().mul(rate).mul(load.sign())"]],
      message: "Experts without tokens keep their bias. They are the ones to raise.",
    },
    {
      edits: [
        ["chosen.sum(0)", "chosen.mean(0)"],
        ["load.mean().sub", "tf.scalar(1).div(load.size).sub"],
      ],
      message:
        "You compare with 1/E of the tokens. The mean load is k·N/E, more than that when a token " +
        "has several experts.",
    },
  ],
};
export default exercise;
