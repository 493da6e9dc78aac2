/** groupAdvantages: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const rows = (...values: number[][]) =>
  tensorData([values.length, values[0]!.length], values.flat());
const SOME = rows([1, 0, 0, 0], [1, 1, 0, 0], [1, 1, 1, 0]);
const EXTREMES = rows([0, 0, 0, 0], [1, 1, 1, 1], [0, 1, 0, 0]);
const EQUAL = rows(
  ...[0.1, 0.7, 1e6 / 3, -2.3].map((reward) => Array.from({ length: 7 }, () => reward)),
);
const SPREAD = "const std = centered.square().mean(1, true).sqrt(); // [P, 1]";

const exercise: Exercise = {
  cases: (random) => [
    { group: "values", title: "rewards are any numbers", args: [random.normal([4, 6])] },
    { group: "values", title: "one, two and three of four are right", args: [SOME] },
    { group: "values", title: "scale is none", args: [SOME, { scale: "none" }] },
    {
      group: "values",
      title: "scale is none, rewards are any numbers",
      args: [random.normal([3, 5], 3, 2), { scale: "none" }],
    },
    { group: "values", title: "scale is std", args: [random.normal([3, 5]), { scale: "std" }] },
    {
      group: "values",
      title: "groups have rewards of different sizes",
      args: [rows([100, 300, -200], [0.01, 0.02, 0.04], [5, 6, 5])],
    },
    {
      group: "values",
      title: "one of twenty is right",
      args: [rows(Array.from({ length: 20 }, (_, i) => Number(i === 7)))],
    },
    { group: "values", title: "there are two answers", args: [random.normal([5, 2])] },
    { group: "property", title: "none or all are right", args: [EXTREMES] },
    {
      group: "property",
      title: "none or all are right, scale is none",
      args: [EXTREMES, { scale: "none" }],
    },
    { group: "property", title: "equal rewards aren't whole", args: [EQUAL] },
    {
      group: "property",
      title: "equal rewards aren't whole, scale is none",
      args: [EQUAL, { scale: "none" }],
    },
    {
      group: "property",
      title: "rewards are small",
      args: [rows([1e-5, 0, 0, 0], [3e-5, 1e-5, 0, 2e-5], [0, 2e-9, 0, 1e-9])],
    },
    { group: "shapes", title: "there is one prompt", args: [random.normal([1, 8])] },
    { group: "shapes", title: "there is one answer", args: [random.normal([3, 1])] },
    {
      group: "errors",
      title: "rewards are a list",
      args: [random.normal([4])],
      throws: "rewards",
    },
    {
      group: "errors",
      title: "there is no such scale",
      args: [SOME, { scale: "max" }],
      throws: "scale",
    },
    {
      group: "property",
      title: "each group has one drawn reward",
      args: [rows(...[0, 1, 2].map(() => new Array<number>(5).fill(random.next())))],
    },
    {
      group: "property",
      title: "one of two groups has equal rewards",
      args: [rows(new Array<number>(5).fill(random.next()), [...random.normal([5]).data])],
    },
  ],
  mutants: [
    {
      edits: [
        ["apart.mean(1, true)", "apart.mean()"],
        [
          "const apart = rewards.sub(rewards.slice([0, 0], [P, 1])); // equal rewards become zeros",
          "const apart = rewards;\n    void P;",
        ],
        [SPREAD, "const std = centered.square().mean().sqrt();"],
      ],
      message:
        "You compare with the mean over all prompts. A group is the answers to one prompt, a row.",
    },
    {
      edits: [
        ["apart.mean(1, true)", "apart.mean(0, true)"],
        [
          "const apart = rewards.sub(rewards.slice([0, 0], [P, 1])); // equal rewards become zeros",
          "const apart = rewards;\n    void P;",
        ],
        [SPREAD, "const std = centered.square().mean(0, true).sqrt();"],
      ],
      message: "You compare answers to different prompts. A group is a row: take axis 1.",
    },
    {
      edits: [[SPREAD, "const std = centered.square().mean().sqrt();"]],
      message: "You divide by one deviation of all rewards. Each group has its own.",
    },
    {
      edits: [[SPREAD, "const std = centered.square().mean(1, true);"]],
      message: "You divide by the variance. Take its square root.",
    },
    {
      edits: [
        [SPREAD, "const std = centered.square().sum(1, true).div(Math.max(1, G - 1)).sqrt();"],
      ],
      message: "You divide the squares by G − 1. Here the deviation is over all G answers.",
    },
    {
      edits: [["tf.divNoNan(centered, std)", "centered.div(std)"]],
      message: "Groups with equal rewards give 0/0. Their advantages are 0.",
    },
    {
      edits: [["tf.divNoNan(centered, std)", "centered.div(std.add(1e-4))"]],
      message:
        "You add a small number to the deviation, which changes small rewards. Divide by the " +
        "deviation itself, and give 0 where it is 0.",
    },
    {
      edits: [
        [
          "const apart = rewards.sub(rewards.slice([0, 0], [P, 1])); // equal rewards become zeros",
          "const apart = rewards;\n    void P;",
        ],
      ],
      message:
        "The mean of equal rewards is off by a rounding error, and its deviation, too, so their " +
        "quotient isn't 0. Subtract one of the group's rewards first, or compare the rewards.",
    },
    {
      edits: [['if (scale === "none") return centered;', ""]],
      message: 'With scale "none" the advantages aren\'t divided.',
    },
    {
      edits: [
        [
          "const centered = apart.sub(apart.mean(1, true));",
          "const centered = tf.where(rewards.equal(rewards.max(1, true)), 1, -1) as tf.Tensor;\n" +
            "    void apart;",
        ],
      ],
      message: "You only ask who is best. An advantage says how far a reward is from the mean.",
    },
    {
      edits: [["tf.divNoNan(centered, std)", "centered.div(std.maximum(1e-6))"]],
      message:
        "Small deviations count as a fixed number. Divide by the deviation itself, and give " +
        "0 where it is 0.",
    },
    {
      edits: [["tf.divNoNan(centered, std)", "tf.divNoNan(centered, std).clipByValue(-3, 3)"]],
      message: "Large advantages are clipped. One right answer among many has a large one.",
    },
  ],
};
export default exercise;
